package org.hinomi.observatory.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final Console console = new Console("/org/hinomi/observatory/web/console");

    @Test
    void everyRouteOfTheConsoleIsItsPage() {
        for (String path : List.of("/", "/overview", "/hosts/192.0.2.1", "/ports/tcp/23", "/search", "/setup")) {
            assertThat(console.find(path))
                    .isPresent()
                    .get()
                    .extracting(Asset::contentType)
                    .isEqualTo("text/html; charset=utf-8");
        }
        assertThat(console.find("/ports/tcp")).isEmpty();
        assertThat(console.find("/nothing")).isEmpty();
    }

    @Test
    void namesThatLeaveTheFolderAreNotFiles() {
        for (String path : List.of(
                "/../Site.class",
                "/assets/../index.html",
                "/assets//app-1a2b.js",
                "/assets",
                "/assets/",
                "/%2e%2e/x.js",
                "/.x.js",
                "/assets\\app-1a2b.js")) {
            assertThat(console.find(path)).as(path).isEmpty();
        }
    }

    @Test
    void hashedFilesAreKeptForeverAndThePageIsAskedForAgain() {
        try (Site site = Site.open(Role.PUBLIC)) {
            HttpResponse<String> script = site.get("/assets/app-1a2b.js", "Accept-Encoding", "gzip");
            assertThat(script.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
            assertThat(script.headers().firstValue("Content-Encoding")).hasValue("gzip");
            assertThat(script.headers().firstValue("Vary")).hasValue("Accept-Encoding");
            HttpResponse<String> page = site.get("/overview");
            assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
            String tag = page.headers().firstValue("ETag").orElseThrow();
            assertThat(site.get("/overview", "If-None-Match", tag).statusCode()).isEqualTo(304);
        }
    }

    @Test
    void peopleWhoAreLostGetThePageAndProgramsAProblem() {
        try (Site site = Site.open(Role.PUBLIC)) {
            HttpResponse<String> person = site.get("/lost", "Accept", "text/html,*/*");
            assertThat(person.statusCode()).isEqualTo(404);
            assertThat(person.body()).contains("<title>Hinomi</title>");
            assertThat(site.get("/lost").headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(site.get("/api/v1/lost", "Accept", "text/html").headers().firstValue("Content-Type"))
                    .hasValue("application/problem+json");
        }
    }

    @Test
    void withoutABuiltConsoleASentenceSaysSo() {
        Asset page = new Console("/org/hinomi/nowhere").find("/").orElseThrow();
        assertThat(new String(page.bytes(), StandardCharsets.UTF_8)).contains("was not built", "/api/v1/");
    }
}
