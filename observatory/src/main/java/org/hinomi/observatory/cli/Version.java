package org.hinomi.observatory.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The program's version. */
public final class Version implements IVersionProvider {
    /** The version of the running program, or {@code development} when it does not run from its archive. */
    public static String text() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"hinomi " + text()};
    }
}
