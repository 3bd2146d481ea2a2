package org.hinomi.scale;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.hinomi.scale.result.ResultTables;

/** What the job needs beside the cluster. It is looked for before the job starts, and waited for, with a sentence. */
final class Outside {
    private static final long BETWEEN_MILLIS = 2000;
    private static final int LONGEST_ANSWER_MILLIS = 5000;

    private final JobSettings settings;
    private final Consumer<String> tell;

    Outside(JobSettings settings, Consumer<String> tell) {
        this.settings = settings;
        this.tell = tell;
    }

    /** Returns when Kafka has the topic and PostgreSQL the tables. */
    void await() throws InterruptedException {
        await(this::kafka);
        await(this::results);
    }

    private interface Attempt {
        /** What is amiss, or an empty text. */
        String tried() throws InterruptedException;
    }

    private void await(Attempt attempt) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(settings.waitSeconds());
        String told = "";
        while (true) {
            String amiss = attempt.tried();
            if (amiss.isEmpty()) {
                return;
            }
            if (System.nanoTime() >= end) {
                throw new SettingsException(amiss);
            }
            if (!amiss.equals(told)) {
                tell.accept(amiss + "; trying again for " + settings.waitSeconds() + " s");
                told = amiss;
            }
            Thread.sleep(BETWEEN_MILLIS);
        }
    }

    private String kafka() throws InterruptedException {
        Properties properties = new Properties();
        properties.putAll(settings.kafkaProperties());
        properties.setProperty("bootstrap.servers", settings.kafka());
        properties.setProperty("default.api.timeout.ms", Integer.toString(LONGEST_ANSWER_MILLIS));
        properties.setProperty("request.timeout.ms", Integer.toString(LONGEST_ANSWER_MILLIS));
        try (Admin admin = Admin.create(properties)) {
            admin.describeTopics(Set.of(settings.topic())).allTopicNames().get();
            return "";
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnknownTopicOrPartitionException
                    ? "Kafka at " + settings.kafka() + " has no topic " + settings.topic()
                            + "; make it, or let a sensor" + " send to it"
                    : away(e.getCause() == null ? e : e.getCause());
        } catch (KafkaException e) {
            return away(e.getCause() == null ? e : e.getCause());
        }
    }

    private String away(Throwable why) {
        return "Kafka at " + settings.kafka() + " does not answer (" + why.getMessage() + ")";
    }

    private String results() {
        try (Connection connection = settings.results().connect()) {
            ResultTables.make(connection);
            return "";
        } catch (SQLException e) {
            return "results can't be written to " + settings.results().where() + " (" + e.getMessage() + ")";
        }
    }
}
