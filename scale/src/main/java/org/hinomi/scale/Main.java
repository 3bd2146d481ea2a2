package org.hinomi.scale;

import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
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
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            checkCheckpoints(env);
            new Outside(settings, sentence -> System.err.println("hinomi-flink: " + sentence)).await();
            Pipeline.build(env, settings);
            var unused = env.execute("hinomi " + settings.topic());
        } catch (SettingsException | ResultException e) {
            System.err.println("hinomi-flink: " + e.getMessage());
            throw e;
        }
    }

    /** Without a folder, Flink keeps checkpoints in memory, 5 MB at most, and fails the job when they grow. */
    private static void checkCheckpoints(StreamExecutionEnvironment env) {
        if (env.getConfiguration()
                .getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                .isEmpty()) {
            throw new SettingsException("Flink has no folder for checkpoints; set execution.checkpointing.dir in its"
                    + " config.yaml to one that all its machines share");
        }
    }
}
