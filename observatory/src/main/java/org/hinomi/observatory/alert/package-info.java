/**
 * Alerts: the detections that somebody should look at, and what people do about them. Detections come by the control
 * database, each change of them once, whoever wrote it.
 */
@NullMarked
package org.hinomi.observatory.alert;

import org.jspecify.annotations.NullMarked;
