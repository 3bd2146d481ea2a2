package org.hinomi.observatory.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The web console's files, from the class path. Its page is answered on each of its routes; files under
 * {@code /assets/} carry a hash in their name and never change.
 */
final class Console {
    /** The console's own routes: the page finds out by itself what to show. */
    private static final List<String> PAGES = List.of(
            "/",
            "/overview",
            "/hosts/{address}",
            "/ports/{protocol}/{port}",
            "/networks/{asn}",
            "/search",
            "/sensors",
            "/people",
            "/setup",
            "/signin",
            "/about");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"));

    private static final String NOT_BUILT =
            "The console was not built into this program. The API answers under /api/v1/; see /api/v1/openapi.yaml.\n";

    private final String root;
    private final Router pages;
    private final Map<String, Asset> read = new ConcurrentHashMap<>();

    /** The console below a folder of the class path, such as {@code /org/hinomi/console}. */
    Console(String root) {
        this.root = root;
        Handler never = request -> Response.noContent();
        this.pages = new Router(
                PAGES.stream().map(page -> Route.get(page, Role.PUBLIC, never)).toList());
    }

    /** The file a raw path stands for. */
    Optional<Asset> find(String path) {
        if (pages.find(Method.GET, path) instanceof Router.Found.Match) {
            return Optional.of(page());
        }
        boolean plain = path.startsWith("/")
                && path.chars().allMatch(c -> c < 0x7f && (Character.isLetterOrDigit(c) || "/._-".indexOf(c) >= 0));
        boolean hidden =
                Stream.of(path.split("/", -1)).skip(1).anyMatch(part -> part.isEmpty() || part.startsWith("."));
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (!plain || hidden || type == null) {
            return Optional.empty();
        }
        return load(path, type, path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    }

    /** The console's page, or a sentence where the console was not built. */
    Asset page() {
        return load("/index.html", "text/html; charset=utf-8", "no-cache")
                .orElseGet(() ->
                        Asset.of("text/plain; charset=utf-8", NOT_BUILT.getBytes(StandardCharsets.UTF_8), "no-store"));
    }

    private Optional<Asset> load(String path, String type, String cacheControl) {
        Asset known = read.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        try (InputStream in = Console.class.getResourceAsStream(root + path)) {
            if (in == null) {
                return Optional.empty();
            }
            Asset asset = Asset.of(type, in.readAllBytes(), cacheControl);
            read.put(path, asset);
            return Optional.of(asset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
