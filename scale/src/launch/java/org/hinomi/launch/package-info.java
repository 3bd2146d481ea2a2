/** Where the job's jar begins, for any Java that Flink runs on. */
@NullMarked
package org.hinomi.launch;

import org.jspecify.annotations.NullMarked;
