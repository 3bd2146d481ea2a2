/**
 * The kernel's detectors and sums on a cluster: a Flink job that reads the batches of sensors from a Kafka topic and
 * writes detections and sums to PostgreSQL and flow tuples to Parquet. Nothing is found out here; the job brings tuples
 * to the kernel and carries its results away.
 */
@NullMarked
package org.hinomi.scale;

import org.jspecify.annotations.NullMarked;
