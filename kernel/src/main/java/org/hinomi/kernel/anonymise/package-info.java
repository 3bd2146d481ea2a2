/** Prefix-preserving pseudonyms for addresses. */
@NullMarked
package org.hinomi.kernel.anonymise;

import org.jspecify.annotations.NullMarked;
