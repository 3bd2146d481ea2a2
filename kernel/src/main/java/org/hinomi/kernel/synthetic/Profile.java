package org.hinomi.kernel.synthetic;

import java.util.Locale;

/** What a made-up recording is made of. */
public enum Profile {
    /** A day of a darknet: mostly scans, with the rhythm of the hours, attacks' backscatter, and noise. */
    DAY(0.04),
    /** Scans only, by bots and tools. */
    SCAN(0),
    /** The answers of victims of denial of service, and little else. */
    BACKSCATTER(0.92),
    /** Something of everything, for tests and measurements. */
    MIXED(0.09);

    /** The part of the packets that is backscatter. */
    final double backscatter;

    Profile(double backscatter) {
        this.backscatter = backscatter;
    }

    /** The name on the command line and in JSON. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
