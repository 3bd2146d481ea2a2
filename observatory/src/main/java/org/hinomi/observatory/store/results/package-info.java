/** The results of a Flink cluster, read from the PostgreSQL tables that its job writes. */
@NullMarked
package org.hinomi.observatory.store.results;

import org.jspecify.annotations.NullMarked;
