/**
 * The embedded runner of the kernel's detectors: reads stored minutes in order, finds, and keeps what is found. It
 * follows the segments on disk, so that whatever it has not seen when the program ends it sees at the next start.
 */
@NullMarked
package org.hinomi.observatory.detect;

import org.jspecify.annotations.NullMarked;
