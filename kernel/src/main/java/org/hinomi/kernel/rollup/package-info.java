/** What many flow tuples add up to: totals, ports, sources. */
@NullMarked
package org.hinomi.kernel.rollup;

import org.jspecify.annotations.NullMarked;
