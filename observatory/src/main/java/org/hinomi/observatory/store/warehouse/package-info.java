/** DuckDB: what queries run on. Everything in it can be made again from segments and archived hours. */
@NullMarked
package org.hinomi.observatory.store.warehouse;

import org.jspecify.annotations.NullMarked;
