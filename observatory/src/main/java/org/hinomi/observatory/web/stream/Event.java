package org.hinomi.observatory.web.stream;

/**
 * One server-sent event.
 *
 * @param name its type, such as {@code packets}
 * @param data what it carries, written as JSON
 */
public record Event(String name, Object data) {}
