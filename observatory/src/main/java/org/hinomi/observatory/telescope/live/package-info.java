/** What is happening now: the flying packets of the map and the day's counters. Lossy by design, never slowing. */
@NullMarked
package org.hinomi.observatory.telescope.live;

import org.jspecify.annotations.NullMarked;
