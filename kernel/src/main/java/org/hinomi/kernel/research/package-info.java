/** Who scans for research and says so: people and projects that an operator knows by prefixes and reverse names. */
@NullMarked
package org.hinomi.kernel.research;

import org.jspecify.annotations.NullMarked;
