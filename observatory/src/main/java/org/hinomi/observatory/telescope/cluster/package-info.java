/** Sensors whose tuples a Flink cluster adds up: the tower has their sums, and neither tuples nor packets. */
@NullMarked
package org.hinomi.observatory.telescope.cluster;

import org.jspecify.annotations.NullMarked;
