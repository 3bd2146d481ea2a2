/** Rules that name a tool or a malware family from header fields. */
@NullMarked
package org.hinomi.kernel.fingerprint;

import org.jspecify.annotations.NullMarked;
