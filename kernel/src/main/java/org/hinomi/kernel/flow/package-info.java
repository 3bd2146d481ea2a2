/** Flow tuples: packets of one minute with the same header fields, counted. */
@NullMarked
package org.hinomi.kernel.flow;

import org.jspecify.annotations.NullMarked;
