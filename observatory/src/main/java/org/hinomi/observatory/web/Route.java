package org.hinomi.observatory.web;

import org.hinomi.observatory.web.stream.Hub;

/**
 * One thing the server does.
 *
 * @param path a template such as {@code /api/v1/hosts/{address}}; a name in braces stands for one segment
 * @param role the least role that may call it
 */
public record Route(Method method, String path, Role role, Handler handler) {
    public Route {
        if (!path.startsWith("/") || (path.length() > 1 && path.endsWith("/"))) {
            throw new IllegalArgumentException("A route's path begins with / and does not end with it: " + path);
        }
    }

    public static Route get(String path, Role role, Handler handler) {
        return new Route(Method.GET, path, role, handler);
    }

    public static Route post(String path, Role role, Handler handler) {
        return new Route(Method.POST, path, role, handler);
    }

    public static Route put(String path, Role role, Handler handler) {
        return new Route(Method.PUT, path, role, handler);
    }

    public static Route patch(String path, Role role, Handler handler) {
        return new Route(Method.PATCH, path, role, handler);
    }

    public static Route delete(String path, Role role, Handler handler) {
        return new Route(Method.DELETE, path, role, handler);
    }

    /** Live events of a hub, as long as the reader stays (text/event-stream). */
    public static Route stream(String path, Role role, Hub hub) {
        return get(path, role, request -> {
            request.query().only();
            return new Response.Events(hub);
        });
    }
}
