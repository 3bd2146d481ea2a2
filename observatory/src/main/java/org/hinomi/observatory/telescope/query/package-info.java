/** Questions about what was observed: filters, roll-ups, scans of tuples, and the routes that answer them. */
@NullMarked
package org.hinomi.observatory.telescope.query;

import org.jspecify.annotations.NullMarked;
