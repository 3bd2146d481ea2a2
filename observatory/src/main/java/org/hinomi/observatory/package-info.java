/** The program: features, and {@link org.hinomi.observatory.Main}, which builds the graph by hand. */
@NullMarked
package org.hinomi.observatory;

import org.jspecify.annotations.NullMarked;
