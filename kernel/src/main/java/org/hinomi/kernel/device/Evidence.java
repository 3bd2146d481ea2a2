package org.hinomi.kernel.device;

/**
 * Something that is known of a source. These are what packets to dark addresses show; what a survey or a decoy learns is
 * another kind of evidence beside them.
 */
public sealed interface Evidence {
    /** What it is, as rules name it: {@code port}, {@code mark} or the name of a header field. */
    String feature();

    /** Its value as rules name it, such as {@code tcp/23}. */
    String value();

    /** Packets that show it. */
    long packets();

    /** Packets that could have shown it. */
    long of();

    /** Whether it tells how the source's own system sends, and not what a program on it does. */
    boolean ofSystem();

    /**
     * A port that the source sends to.
     *
     * @param value as {@code tcp/23}
     */
    record Port(String value, long packets, long of) implements Evidence {
        @Override
        public String feature() {
            return "port";
        }

        @Override
        public boolean ofSystem() {
            return false;
        }
    }

    /**
     * A mark that a tool or family left.
     *
     * @param value the name of the fingerprint rule
     */
    record Mark(String value, long packets, long of) implements Evidence {
        @Override
        public String feature() {
            return "mark";
        }

        @Override
        public boolean ofSystem() {
            return false;
        }
    }

    /** A value in the headers of SYN packets that the source's own system made. */
    record Header(HeaderField field, int number, long packets, long of) implements Evidence {
        @Override
        public String feature() {
            return field.id();
        }

        @Override
        public String value() {
            return Integer.toString(number);
        }

        @Override
        public boolean ofSystem() {
            return true;
        }
    }
}
