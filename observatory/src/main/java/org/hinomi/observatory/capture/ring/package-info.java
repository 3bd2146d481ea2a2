/** Live capture on Linux: packets from an interface, through a ring that the kernel fills. */
@NullMarked
package org.hinomi.observatory.capture.ring;

import org.jspecify.annotations.NullMarked;
