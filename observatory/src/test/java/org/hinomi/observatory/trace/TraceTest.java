package org.hinomi.observatory.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hinomi.observatory.cli.Hinomi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trace in, text out: {@code hinomi analyze --json} of each {@code traces/NAME/in.pcap} must give its
 * {@code expected.json}. After a change that is meant, {@code -Dtraces=write} writes them anew; read the difference before it is committed.
 */
class TraceTest {
    private static final Path TRACES = Path.of("src/test/resources/traces");
    private static final boolean WRITE = "write".equals(System.getProperty("traces"));

    static Stream<String> names() {
        return recipes().stream().map(Recipe::name);
    }

    private static List<Recipe> recipes() {
        return Stream.of(ToolRecipes.all(), LinkRecipes.all(), HeaderRecipes.all())
                .flatMap(List::stream)
                .toList();
    }

    private static String analysis(Path capture) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commands = Hinomi.commandLine();
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(err));
        int code = commands.execute(
                "analyze", capture.toString(), "--json", "--darknet", "198.18.0.0/16", "2001:db8::/32");
        assertThat(code).as(err.toString()).isZero();
        return out.toString().replace(capture.toString(), "in.pcap").replace("\r\n", "\n");
    }

    @ParameterizedTest
    @MethodSource("names")
    void theTraceGivesWhatIsExpected(String name) throws IOException {
        Path folder = TRACES.resolve(name);
        Recipe recipe = recipes().stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow();
        if (WRITE) {
            Files.createDirectories(folder);
            Files.write(folder.resolve("in.pcap"), recipe.capture());
        }
        String found = analysis(folder.resolve("in.pcap"));
        if (WRITE) {
            Files.writeString(folder.resolve("expected.json"), found);
        }

        assertThat(folder.resolve("in.pcap")).hasBinaryContent(recipe.capture());
        assertThat(found).isEqualToNormalizingNewlines(Files.readString(folder.resolve("expected.json")));
        JsonNode json = JsonMapper.shared().readTree(found);
        recipe.facts()
                .forEach((pointer, value) ->
                        assertThat(json.at(pointer).asLong()).as(pointer).isEqualTo(value));
    }

    @Test
    void everyTraceHasARecipeAndEveryRuleATrace() throws IOException {
        try (Stream<Path> folders = Files.list(TRACES)) {
            assertThat(folders.filter(Files::isDirectory)
                            .map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(names().toList());
        }
        assertThat(recipes().stream().flatMap(r -> r.facts().keySet().stream()).filter(f -> f.startsWith("/tools/")))
                .containsExactlyInAnyOrderElementsOf(
                        org.hinomi.observatory.telescope.KernelData.fingerprints().all().stream()
                                .map(f -> "/tools/" + f.name())
                                .toList());
    }
}
