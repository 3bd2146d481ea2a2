package org.hinomi.observatory.web;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a body of unknown length while it is being made; does not close the stream. */
@FunctionalInterface
public interface BodyWriter {
    void write(OutputStream out) throws IOException;
}
