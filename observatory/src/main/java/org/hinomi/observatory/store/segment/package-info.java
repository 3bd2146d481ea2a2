/** Minute segments: the append-only, checksummed source of truth for flow tuples. */
@NullMarked
package org.hinomi.observatory.store.segment;

import org.jspecify.annotations.NullMarked;
