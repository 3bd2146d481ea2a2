package org.hinomi.observatory.cli.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hinomi.observatory.store.results.ResultsAddress;

/**
 * Where the results of a Flink cluster are read.
 *
 * @param results the database
 * @param every how often it is asked for news
 */
public record ScaleSettings(ResultsAddress results, Duration every) {
    private static final int USUAL_SECONDS = 5;

    /** The section of a file; empty when there is none. */
    static Optional<ScaleSettings> read(ConfigNode root) {
        return root.node("scale").map(node -> {
            node.only("results", "user", "password_file", "every");
            String url = node.text("results")
                    .orElseThrow(() ->
                            node.missing("results", "it names the database, as in jdbc:postgresql://127.0.0.1/hinomi"));
            Optional<String> user = node.text("user");
            Optional<Path> password = node.text("password_file").map(Path::of);
            return new ScaleSettings(
                    node.convert("results", url, text -> new ResultsAddress(text, user, password)),
                    Duration.ofSeconds(node.whole("every", 1, 3600).orElse(USUAL_SECONDS)));
        });
    }
}
