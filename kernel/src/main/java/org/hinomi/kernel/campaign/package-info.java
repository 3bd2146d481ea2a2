/**
 * Campaigns: sources that behave alike over days. {@link org.hinomi.kernel.campaign.SourceDays} makes a
 * {@link org.hinomi.kernel.campaign.SourceDay} of each source from flow tuples; {@link
 * org.hinomi.kernel.campaign.Campaigns} takes one day after the other, groups the sources of the last days, and tells
 * which group is the same as the day before. No clock: the same days give the same campaigns with the same ids.
 */
@NullMarked
package org.hinomi.kernel.campaign;

import org.jspecify.annotations.NullMarked;
