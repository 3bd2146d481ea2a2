package org.hinomi.observatory.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForwardedAddressTest {
    private static final Route WHO = Route.get(
            "/who", Role.PUBLIC, request -> Response.ok(request.caller().address()));

    private static Site site(Optional<URI> publicUrl) {
        return new Site(
                new WebSettings("127.0.0.1", 0, publicUrl, List.of(), Optional.empty(), Optional.empty(), false),
                List.of(WHO),
                credentials -> Caller.visitor(Role.PUBLIC, credentials.address()),
                (method, route, status, took) -> {});
    }

    @Test
    void withoutAProxyTheHeaderIsNotBelieved() {
        try (Site site = site(Optional.empty())) {
            assertThat(site.get("/who", "X-Forwarded-For", "192.0.2.1").body()).isEqualTo("\"127.0.0.1\"");
        }
    }

    @Test
    void aProxyOnThisMachineIsBelievedAboutTheLastAddress() {
        try (Site site = site(Optional.of(URI.create("https://tower.example/")))) {
            assertThat(site.get("/who", "X-Forwarded-For", "198.51.100.9, 2001:DB8::1")
                            .body())
                    .isEqualTo("\"2001:db8::1\"");
            assertThat(site.get("/who", "X-Forwarded-For", "<script>").body()).isEqualTo("\"127.0.0.1\"");
            assertThat(site.get("/who").body()).isEqualTo("\"127.0.0.1\"");
        }
    }
}
