/** Comma-separated values as files of ours and of operators hold them. */
@NullMarked
package org.hinomi.observatory.store.csv;

import org.jspecify.annotations.NullMarked;
