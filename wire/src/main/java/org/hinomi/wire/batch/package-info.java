/**
 * Batches: how the minutes of a sensor travel to a tower or to Kafka, and how they are read again. All who write or read
 * them use this.
 */
@NullMarked
package org.hinomi.wire.batch;

import org.jspecify.annotations.NullMarked;
