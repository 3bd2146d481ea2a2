/** Where addresses are registered: fetched once, converted to a read-only table, looked up from mapped memory. */
@NullMarked
package org.hinomi.observatory.geo;

import org.jspecify.annotations.NullMarked;
