package org.hinomi.observatory.cli;

import java.time.InstantSource;
import org.hinomi.observatory.cli.config.RunSettings;
import org.hinomi.observatory.label.ResearchException;
import org.hinomi.observatory.label.ResearchList;

/** The research scanners of a tower. */
final class Researching {
    private Researching() {}

    /** The list that the settings name, before anything is changed. */
    static ResearchList open(RunSettings settings, InstantSource clock) {
        try {
            return new ResearchList(settings.researchScanners(), settings.reverseNames(), clock);
        } catch (ResearchException e) {
            throw new Failure(e);
        }
    }
}
