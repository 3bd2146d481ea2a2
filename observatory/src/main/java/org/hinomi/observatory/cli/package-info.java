/** The commands, one class each, and how they end. */
@NullMarked
package org.hinomi.observatory.cli;

import org.jspecify.annotations.NullMarked;
