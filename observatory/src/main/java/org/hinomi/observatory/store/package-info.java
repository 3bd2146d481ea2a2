/** Where data lies: the data directory, its segments, its query tables and its control database. */
@NullMarked
package org.hinomi.observatory.store;

import org.jspecify.annotations.NullMarked;
