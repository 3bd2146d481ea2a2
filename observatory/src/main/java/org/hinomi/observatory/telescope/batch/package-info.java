/** What sensors apart from the tower send to it: batches of minutes, and what happens now. Both sides read this. */
@NullMarked
package org.hinomi.observatory.telescope.batch;

import org.jspecify.annotations.NullMarked;
