/**
 * Flow tuples as Parquet, written to a stream: what Flink's file sink asks for, and what a library that wants a file of
 * its own can't give. The columns are those of {@code hinomi analyze --flowtuples x.parquet}.
 */
@NullMarked
package org.hinomi.scale.parquet;

import org.jspecify.annotations.NullMarked;
