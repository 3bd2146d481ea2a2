package org.hinomi.observatory.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final Handler NOTHING = request -> Response.noContent();
    private static final Route TOP = Route.get("/top/ports", Role.VIEWER, NOTHING);
    private static final Route TOP_ANY = Route.get("/top/{kind}", Role.VIEWER, NOTHING);
    private static final Route PATCH = Route.patch("/top/{kind}", Role.VIEWER, NOTHING);
    private static final Route SAMPLES = Route.get("/{any}/{kind}/samples", Role.VIEWER, NOTHING);
    private final Router router = new Router(List.of(TOP, TOP_ANY, PATCH, SAMPLES));

    @Test
    void aWrittenSegmentGoesBeforeOneInBraces() {
        assertThat(router.find(Method.GET, "/top/ports")).isEqualTo(new Router.Found.Match(TOP, Map.of()));
        assertThat(router.find(Method.GET, "/top/x%20y"))
                .isEqualTo(new Router.Found.Match(TOP_ANY, Map.of("kind", "x y")));
        assertThat(router.find(Method.GET, "/top/ports/samples"))
                .isEqualTo(new Router.Found.Match(SAMPLES, Map.of("any", "top", "kind", "ports")));
    }

    @Test
    void otherMethodsOfThePathAreNamed() {
        assertThat(router.find(Method.POST, "/top/x"))
                .isEqualTo(new Router.Found.OtherMethods(Set.of(Method.GET, Method.PATCH)));
        assertThat(router.find(null, "/top/ports")).isEqualTo(new Router.Found.OtherMethods(Set.of(Method.GET)));
    }

    @Test
    void emptyAndMissingSegmentsAreNothing() {
        for (String path : List.of("/", "/top", "/top/", "//x/samples", "/top/ports/")) {
            assertThat(router.find(Method.GET, path)).as(path).isEqualTo(new Router.Found.Nothing());
        }
    }

    @Test
    void badEncodingIsABadRequest() {
        assertThatThrownBy(() -> router.find(Method.GET, "/top/%zz")).isInstanceOf(Problem.class);
    }

    @Test
    void twoRoutesForTheSameAreAMistakeOfOurs() {
        assertThatThrownBy(() -> new Router(List.of(TOP, TOP))).isInstanceOf(IllegalArgumentException.class);
    }
}
