package org.hinomi.observatory.telescope.sensor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a sensor that only a cluster sees.
 *
 * @param lastMinute start of its newest minute
 * @param rate packets a second in that minute
 */
public record ClusterView(@Nullable Instant lastMinute, double rate) {}
