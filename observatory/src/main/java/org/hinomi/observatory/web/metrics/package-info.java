/** Numbers about the running program for a monitoring system, and whether it is well. */
@NullMarked
package org.hinomi.observatory.web.metrics;

import org.jspecify.annotations.NullMarked;
