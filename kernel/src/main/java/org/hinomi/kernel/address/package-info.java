/** IP addresses and prefixes, IPv4 and IPv6 alike as 128 bits. */
@NullMarked
package org.hinomi.kernel.address;

import org.jspecify.annotations.NullMarked;
