/** Sensors at work: where their packets come from, when they observed, and what of it is shown live. */
@NullMarked
package org.hinomi.observatory.telescope.sensor;

import org.jspecify.annotations.NullMarked;
