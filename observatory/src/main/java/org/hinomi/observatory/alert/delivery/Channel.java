package org.hinomi.observatory.alert.delivery;

/** A way in which messages leave. */
interface Channel {
    /** How a try ended. */
    sealed interface Outcome {
        /** It is there. */
        record Sent() implements Outcome {}

        /** It is not there, and may be later. */
        record Later(String reason) implements Outcome {}

        /** It is not there, and will not be. */
        record Never(String reason) implements Outcome {}

        /** It may be there: nobody knows, so that it must not be sent again by itself. */
        record Uncertain(String reason) implements Outcome {}
    }

    /** Tries to send; never throws for what others do. Takes half a minute at most. */
    Outcome send(Message message);

    /** Whether a message may be sent again when it is not known whether it was: who gets it tells repetitions apart. */
    boolean repeatable();
}
