/**
 * Alerts on their way to people and programs: by mail, signed webhook and syslog, to those who subscribed. Nothing
 * leaves the machine unless the configuration says where to.
 */
@NullMarked
package org.hinomi.observatory.alert.delivery;

import org.jspecify.annotations.NullMarked;
