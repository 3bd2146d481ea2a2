package org.hinomi.launch;

import java.lang.reflect.InvocationTargetException;

/**
 * Where the job's jar begins. It alone is compiled for Java 17, on which Flink runs too, so that a cluster with an older
 * Java than the job needs says so in a sentence.
 */
public final class Launch {
    private static final int NEEDED = 25;

    private Launch() {}

    /** Starts the job if this Java can. */
    @SuppressWarnings("SystemOut") // the output of a command
    public static void main(String[] arguments) throws Throwable {
        int here = Runtime.version().feature();
        if (here < NEEDED) {
            String sentence = "hinomi-flink: needs Java " + NEEDED + " or newer, and this is Java " + here
                    + "; run Flink's job manager, task managers and flink command on it (set JAVA_HOME)";
            System.err.println(sentence);
            throw new UnsupportedOperationException(sentence);
        }
        try {
            Class.forName("org.hinomi.scale.Main").getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
