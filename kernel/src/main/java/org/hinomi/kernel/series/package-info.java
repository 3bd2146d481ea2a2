/** Mathematics of counts over time, free of what is counted: expectations, chances, factorisations. */
@NullMarked
package org.hinomi.kernel.series;

import org.jspecify.annotations.NullMarked;
