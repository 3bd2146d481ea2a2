/** Backups: one file that holds what can't be made again, how it is written, checked and brought back. */
@NullMarked
package org.hinomi.observatory.store.backup;

import org.jspecify.annotations.NullMarked;
