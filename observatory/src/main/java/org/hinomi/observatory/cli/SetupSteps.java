package org.hinomi.observatory.cli;

import java.io.PrintWriter;
import java.util.function.LongConsumer;
import org.hinomi.observatory.geo.SetupListener;
import org.jspecify.annotations.Nullable;

/** Shows the steps of a set-up on a terminal. */
final class SetupSteps implements SetupListener, AutoCloseable {
    private final PrintWriter out;
    private @Nullable Progress bar;
    private LongConsumer showing = done -> {};

    SetupSteps(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void step(String sentence) {
        close();
        out.println(sentence);
        out.flush();
    }

    @Override
    public void progress(long done, long total) {
        if (bar == null) {
            bar = Progress.ofCount("Networks", total);
            showing = bar.from();
        }
        showing.accept(done);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
