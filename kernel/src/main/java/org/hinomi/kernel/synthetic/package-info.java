/** Deterministic made-up darknet traffic, with the truth about every source. */
@NullMarked
package org.hinomi.kernel.synthetic;

import org.jspecify.annotations.NullMarked;
