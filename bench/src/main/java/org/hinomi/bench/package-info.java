/** Whole-process benchmarks; see {@code bench/README.md}. */
@NullMarked
package org.hinomi.bench;

import org.jspecify.annotations.NullMarked;
