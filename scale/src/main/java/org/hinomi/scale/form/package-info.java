/** How what flows between the steps of the job, or is kept by them, is written and read. */
@NullMarked
package org.hinomi.scale.form;

import org.jspecify.annotations.NullMarked;
