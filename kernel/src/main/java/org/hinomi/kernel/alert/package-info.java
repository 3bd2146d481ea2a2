/** Which detections somebody should look at: rules as data, judged without knowing who found the detection or where it is kept. */
@NullMarked
package org.hinomi.kernel.alert;

import org.jspecify.annotations.NullMarked;
