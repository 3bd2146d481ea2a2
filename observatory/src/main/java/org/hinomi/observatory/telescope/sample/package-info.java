/** Packet samples: the first raw packets of sources, kept as evidence. */
@NullMarked
package org.hinomi.observatory.telescope.sample;

import org.jspecify.annotations.NullMarked;
