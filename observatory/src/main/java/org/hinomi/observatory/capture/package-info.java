/** Where packets come from: capture files and network interfaces. */
@NullMarked
package org.hinomi.observatory.capture;

import org.jspecify.annotations.NullMarked;
