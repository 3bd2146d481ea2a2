/** The steps of the job, and what flows between them. */
@NullMarked
package org.hinomi.scale.stream;

import org.jspecify.annotations.NullMarked;
