/** The darknet telescope: from packets to flow tuples, roll-ups and what is shown of them. */
@NullMarked
package org.hinomi.observatory.telescope;

import org.jspecify.annotations.NullMarked;
