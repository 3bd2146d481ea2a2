package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.IOException;
import org.hinomi.kernel.flow.FlowRow;

/**
 * Finds something in the flow tuples of a key. An implementation is immutable, keeps everything about a key in its
 * state, asks no clock, and gives the same for the same tuples in the same order; see the package for what runs it.
 *
 * @param <S> the state of a key
 */
public interface Detector<S extends KeyState> {
    /** What it is, with the parameters in effect. */
    Declaration declaration();

    /** The parameters in effect. */
    Settings settings();

    /** What else a state depends on, such as names of rules: a state written under another basis is not read again. */
    default String basis() {
        return "";
    }

    /** Whether a tuple can matter to it, as of its minute; one that can't is passed over before it has a key. */
    default boolean wants(FlowRow row, Reference reference) {
        return true;
    }

    /**
     * Whether the order of the tuples of a minute matters to it. Where it does not, they are given to it as they lie,
     * which is quicker.
     */
    default boolean ordered() {
        return true;
    }

    /** The state of a key that was not seen before. */
    S create();

    /**
     * Reads a state that {@link KeyState#write} wrote under the same declaration and settings.
     *
     * @throws IOException when the bytes are no such state
     */
    S read(DataInput in) throws IOException;

    /** Takes a tuple of the key. The row must not be kept. */
    void onFlow(FlowRow row, S state, Context context);

    /** Is woken at the time it asked for. */
    void onTimer(S state, Context context);

    /** Takes leave of a key that is pushed out because the partition is full: gives out what would be lost. */
    void onEvict(S state, Context context);
}
