/** What sensors apart from the tower say beside their batches: who they are, and what happens now. */
@NullMarked
package org.hinomi.observatory.telescope.batch;

import org.jspecify.annotations.NullMarked;
