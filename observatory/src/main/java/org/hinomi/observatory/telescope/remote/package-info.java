/** The tower's side of sensors apart from it: takes their batches, each part once, and knows how they are. */
@NullMarked
package org.hinomi.observatory.telescope.remote;

import org.jspecify.annotations.NullMarked;
