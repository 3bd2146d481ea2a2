/**
 * Campaigns over days: a job reads each day's stored tuples once the day is complete, lets the kernel group its sources,
 * and keeps what comes of it, all of a day or nothing. Routes tell of it.
 */
@NullMarked
package org.hinomi.observatory.campaign;

import org.jspecify.annotations.NullMarked;
