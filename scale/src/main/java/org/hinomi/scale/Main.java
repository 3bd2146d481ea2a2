package org.hinomi.scale;

import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.hinomi.scale.result.ResultException;

/** Starts the job: {@code flink run hinomi-flink.jar --help}. */
public final class Main {
    private Main() {}

    /** Submits the job to the cluster that Flink's own command names. */
    @SuppressWarnings("SystemOut") // the output of a command
    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help")) {
            System.out.print(SettingsReader.HELP);
            return;
        }
        try {
            JobSettings settings = SettingsReader.read(arguments);
            new Outside(settings, sentence -> System.err.println("hinomi-flink: " + sentence)).await();
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            Pipeline.build(env, settings);
            var unused = env.execute("hinomi " + settings.topic());
        } catch (SettingsException | ResultException e) {
            System.err.println("hinomi-flink: " + e.getMessage());
            throw e;
        }
    }
}
