package org.hinomi.kernel.detect;

import java.util.Locale;

/** What most likely makes a machine of an organisation send to dark addresses. */
enum OwnCause {
    /** It looks for victims, as an infected machine does, or somebody on it. */
    SCAN,
    /** It answers forged packets: it is being attacked, not infected. */
    BACKSCATTER,
    /** It asks one wrong address again and again, or peers that moved: a wrong setting. */
    MISCONFIGURATION,
    /** Too few packets to say, or none of these. */
    UNCLEAR;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
