package org.hinomi.observatory.telescope.query;

import java.util.List;

/** When sensors did not observe. */
@FunctionalInterface
public interface Gaps {
    /** The gaps of some sensors within a range, by time; a sensor that never observed there is one whole gap. */
    List<Answers.Gap> gaps(List<String> sensors, TimeRange range);
}
