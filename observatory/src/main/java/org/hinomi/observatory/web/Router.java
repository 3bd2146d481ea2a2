package org.hinomi.observatory.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request. A segment written out goes before one in braces. */
final class Router {
    /** What was found for a path and method. */
    sealed interface Found {
        /** A route, with the decoded values of its path. */
        record Match(Route route, Map<String, String> values) implements Found {}

        /** The path exists, but not with this method. */
        record OtherMethods(Set<Method> allowed) implements Found {}

        /** No route has this path. */
        record Nothing() implements Found {}
    }

    private static final class Node {
        private final Map<String, Node> literal = new HashMap<>();
        private final Map<Method, Route> routes = new EnumMap<>(Method.class);
        private @Nullable Node variable;
    }

    private final Node root = new Node();

    Router(List<Route> routes) {
        routes.forEach(this::add);
    }

    private void add(Route route) {
        Node node = root;
        for (String segment : segments(route.path())) {
            if (isVariable(segment)) {
                if (node.variable == null) {
                    node.variable = new Node();
                }
                node = node.variable;
            } else {
                node = node.literal.computeIfAbsent(segment, key -> new Node());
            }
        }
        if (node.routes.putIfAbsent(route.method(), route) != null) {
            throw new IllegalArgumentException("Two routes for " + route.method() + " " + route.path());
        }
    }

    /** Looks a raw (still encoded) path up. */
    Found find(@Nullable Method method, String path) {
        String[] segments = segments(path);
        Node node = walk(root, segments, 0);
        if (node == null) {
            return new Found.Nothing();
        }
        Route route = method == null ? null : node.routes.get(method);
        if (route == null) {
            return new Found.OtherMethods(EnumSet.copyOf(node.routes.keySet()));
        }
        return new Found.Match(route, values(route, segments));
    }

    private static @Nullable Node walk(Node node, String[] segments, int at) {
        if (at == segments.length) {
            return node.routes.isEmpty() ? null : node;
        }
        Node next = node.literal.get(segments[at]);
        Node found = next == null ? null : walk(next, segments, at + 1);
        if (found != null || node.variable == null || segments[at].isEmpty()) {
            return found;
        }
        return walk(node.variable, segments, at + 1);
    }

    private static Map<String, String> values(Route route, String[] segments) {
        String[] template = segments(route.path());
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < template.length; i++) {
            if (isVariable(template[i])) {
                values.put(template[i].substring(1, template[i].length() - 1), decode(segments[i]));
            }
        }
        return values;
    }

    private static String[] segments(String path) {
        return path.equals("/") ? new String[0] : path.substring(1).split("/", -1);
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    private static String decode(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Problem(400, "Bad request", "The path is not well encoded: % needs two hexadecimal digits.");
        }
    }
}
