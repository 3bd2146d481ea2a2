/** The side of a sensor apart from the tower: keeps its minutes until the tower has them, and sends what happens now. */
@NullMarked
package org.hinomi.observatory.telescope.uplink;

import org.jspecify.annotations.NullMarked;
