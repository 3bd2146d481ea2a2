package org.hinomi.observatory.web;

import java.time.Duration;

/** Is told of every request that was answered. */
@FunctionalInterface
public interface Traffic {
    /**
     * One request is done.
     *
     * @param method as it was sent, or {@code other}
     * @param route the route's path template, or {@code console} or {@code none}
     */
    void answered(String method, String route, int status, Duration took);
}
