/** What happens to a packet: decoded, classified, fingerprinted, counted into a flow tuple. */
@NullMarked
package org.hinomi.kernel.observe;

import org.jspecify.annotations.NullMarked;
