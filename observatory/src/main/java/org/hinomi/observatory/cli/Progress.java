package org.hinomi.observatory.cli;

import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on the standard error, if that is a terminal. */
public final class Progress implements AutoCloseable {
    private static final long MEBIBYTE = 1 << 20;

    private final @Nullable ProgressBar bar;
    private long before;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /** Progress over a number of bytes; 0 when it is not known. */
    public static Progress of(String task, long bytes) {
        return of(task, bytes, " MiB", MEBIBYTE);
    }

    /** Progress over a number of things. */
    public static Progress ofCount(String task, long things) {
        return of(task, things, "", 1);
    }

    private static Progress of(String task, long size, String unit, long unitSize) {
        if (System.console() == null || !System.console().isTerminal()) {
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(size == 0 ? -1 : size)
                .setUnit(unit, unitSize)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .build());
    }

    /** Takes how far the next of several files is, from its start. */
    public LongConsumer from() {
        long start = before;
        return done -> {
            before = start + done;
            if (bar != null) {
                bar.stepTo(before);
            }
        };
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
