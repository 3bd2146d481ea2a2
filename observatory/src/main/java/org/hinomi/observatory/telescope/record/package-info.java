/** From closed minutes to stored segments, query tables, roll-ups and archived hours. */
@NullMarked
package org.hinomi.observatory.telescope.record;

import org.jspecify.annotations.NullMarked;
