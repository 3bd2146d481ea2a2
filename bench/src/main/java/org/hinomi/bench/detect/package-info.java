/**
 * How well the detectors find: a month of made-up flow tuples whose every sender is known, and what each detector made of
 * it. Truth is the published definition, held against the second of each packet, which detectors do not see.
 */
@NullMarked
package org.hinomi.bench.detect;

import org.jspecify.annotations.NullMarked;
