package org.hinomi.observatory.web;

import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer whose head is sent with the first byte: until then a handler may still refuse. Remembers
 * whether the reader has left, so that this is not taken for a fault of ours.
 */
final class BodyStream extends OutputStream {
    private final ServerResponse response;
    private @Nullable OutputStream out;
    private boolean readerLeft;

    BodyStream(ServerResponse response) {
        this.response = response;
    }

    boolean started() {
        return out != null;
    }

    boolean readerLeft() {
        return readerLeft;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            opened().write(bytes, offset, length);
        } catch (IOException | RuntimeException e) {
            readerLeft = true;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            opened().flush();
        } catch (IOException | RuntimeException e) {
            readerLeft = true;
            throw e;
        }
    }

    /** Ends the body; a body without a byte is sent empty. */
    void finish() throws IOException {
        try {
            opened().close();
        } catch (IOException | RuntimeException e) {
            readerLeft = true;
            throw e;
        }
    }

    /** Leaves the end to {@link #finish}: a writer that closes the stream must not hide a failure that follows. */
    @Override
    public void close() {}

    private OutputStream opened() {
        if (out == null) {
            out = response.outputStream();
        }
        return out;
    }
}
