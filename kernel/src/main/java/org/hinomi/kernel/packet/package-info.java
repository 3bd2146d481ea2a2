/** Packet headers: what is read from a captured packet, its class and its kind. */
@NullMarked
package org.hinomi.kernel.packet;

import org.jspecify.annotations.NullMarked;
