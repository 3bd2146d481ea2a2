/** How Hinomi writes and reads JSON: names in snake_case, times as RFC 3339 text in UTC, nulls written. */
@NullMarked
package org.hinomi.observatory.web.json;

import org.jspecify.annotations.NullMarked;
