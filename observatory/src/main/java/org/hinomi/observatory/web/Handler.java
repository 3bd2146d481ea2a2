package org.hinomi.observatory.web;

/** Answers one request. Runs on a virtual thread and may block; throws {@link Problem} to refuse. */
@FunctionalInterface
public interface Handler {
    Response handle(Request request);
}
