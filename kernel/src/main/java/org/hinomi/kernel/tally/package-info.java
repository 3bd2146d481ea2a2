/**
 * What flow tuples add up to by minute and hour, in whole and by port, country, network and family. Sums of parts are
 * the sums of the whole: whoever counts, in whatever order and however divided, gets the same rows, sketches included.
 * So one program and many that share the work show the same figures.
 */
@NullMarked
package org.hinomi.kernel.tally;

import org.jspecify.annotations.NullMarked;
