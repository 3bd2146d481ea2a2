package org.hinomi.observatory.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemTest {
    private static final Pattern NAMED = Pattern.compile("\\.named\\(\\s*\"([a-z-]+)\"\\)");
    private static final Pattern WORDS = Pattern.compile("(?m)^ *'problem\\.([a-z-]+)': ");

    private static Set<String> found(Pattern pattern, Path file) throws IOException {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void theConsoleHasWordsForEachNamedProblemInBothLanguages() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path file : sources.filter(f -> f.toString().endsWith(".java")).toList()) {
                named.addAll(found(NAMED, file));
            }
        }
        assertThat(named).contains("name-taken", "sign-in-wrong").hasSizeGreaterThan(15);
        for (String language : new String[] {"en", "ja"}) {
            assertThat(found(WORDS, Path.of("../console/src/words/" + language + ".ts")))
                    .as(language)
                    .isEqualTo(named);
        }
    }

    @Test
    void aNameMakesTheTypeAndKeepsTheRest() {
        Problem plain = new Problem(429, "Too many", "Wait.", Map.of("Retry-After", "3"));
        assertThat(plain.type()).isEqualTo("about:blank");
        Problem named = plain.named("too-many-attempts");
        assertThat(ProblemDetails.of(named))
                .isEqualTo(new ProblemDetails("urn:hinomi:problem:too-many-attempts", "Too many", 429, "Wait."));
        assertThat(named.headers()).isEqualTo(plain.headers());
    }
}
