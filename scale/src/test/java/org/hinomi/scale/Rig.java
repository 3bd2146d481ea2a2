package org.hinomi.scale;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.hinomi.kernel.synthetic.TrafficPlan;
import org.hinomi.scale.result.Database;
import org.hinomi.scale.stream.Knowledge;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One Kafka broker, one PostgreSQL and one small Flink cluster for all tests of this process, started when asked for. */
final class Rig {
    private static @Nullable KafkaClusterTestKit kafka;
    private static @Nullable EmbeddedPostgres postgres;
    private static @Nullable MiniCluster cluster;

    private Rig() {}

    static synchronized String kafka() throws Exception {
        KafkaClusterTestKit known = kafka;
        if (known == null) {
            known = new KafkaClusterTestKit.Builder(new TestKitNodes.Builder()
                            .setCombined(true)
                            .setNumBrokerNodes(1)
                            .setNumControllerNodes(1)
                            .build())
                    .setConfigProp("offsets.topic.replication.factor", "1")
                    .setConfigProp("transaction.state.log.replication.factor", "1")
                    .setConfigProp("transaction.state.log.min.isr", "1")
                    .setConfigProp("auto.create.topics.enable", "false")
                    .build();
            known.format();
            known.startup();
            known.waitForReadyBrokers();
            kafka = known;
        }
        return known.bootstrapServers();
    }

    /** Ends what was started, when all tests are over. */
    static final class Closing implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            AutoCloseable all = Rig::close;
            context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).put(Rig.class, all);
        }
    }

    private static synchronized void close() throws Exception {
        if (cluster != null) {
            cluster.closeAsync().get();
        }
        if (kafka != null) {
            kafka.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    static void topic(String name, int partitions) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    /** Sends records with a key each, and returns when Kafka has them. */
    static void send(String topic, List<Map.Entry<String, byte[]>> records) throws Exception {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka(), ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 16 << 20);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (Map.Entry<String, byte[]> record : records) {
                var unused = producer.send(new ProducerRecord<>(topic, record.getKey(), record.getValue()));
            }
        }
    }

    /** An empty database. */
    static synchronized Database database(String name) throws IOException, SQLException {
        EmbeddedPostgres known = postgres;
        if (known == null) {
            known = EmbeddedPostgres.start();
            postgres = known;
        }
        try (Connection connection = known.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return new Database(known.getJdbcUrl("postgres", name), "", "");
    }

    static synchronized MiniCluster cluster() throws Exception {
        MiniCluster known = cluster;
        if (known == null) {
            Configuration configuration = new Configuration();
            configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
            configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
            configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
            known = new MiniCluster(new MiniClusterConfiguration.Builder()
                    .setConfiguration(configuration)
                    .setNumTaskManagers(1)
                    .setNumSlotsPerTaskManager(4)
                    .withRandomPorts()
                    .build());
            known.start();
            cluster = known;
        }
        return known;
    }

    static JobSettings settings(String topic, Database database, @Nullable Path parquet) throws Exception {
        return settings(topic, database, parquet, 1);
    }

    static JobSettings settings(String topic, Database database, @Nullable Path parquet, int checkpointSeconds)
            throws Exception {
        return new JobSettings(
                kafka(),
                topic,
                "test-" + topic,
                false,
                new Properties(),
                database,
                Optional.ofNullable(parquet).map(Path::toString),
                checkpointSeconds,
                0,
                knowledge());
    }

    static String darknet() {
        return TrafficPlan.USUAL_DARKNET.prefixes().stream()
                .map(Object::toString)
                .collect(Collectors.joining(","));
    }

    /** Detectors that learn for days learn nothing here, and tell the least. */
    static Knowledge knowledge() {
        String dark = darknet();
        Map<String, Map<String, Long>> soon = Map.of(
                "port_surge",
                Map.of("learn_days", 0L, "bin_minutes", 1L, "least_sources", 3L, "false_alarms_a_day", 1_000_000L),
                "port_sync",
                Map.of("learn_days", 0L, "least_members", 3L, "false_alarms_a_day", 1_000_000L));
        return new Knowledge(Knowledge.usualFingerprints(), Map.of("golden", dark, "silver", dark), soon, 256L << 20);
    }

    static JobID submit(JobSettings settings, int parallelism) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                Files.createTempDirectory("hinomi-checkpoints").toUri().toString());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        Pipeline.build(env, settings);
        return cluster().submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
    }

    static void cancel(JobID job) throws Exception {
        try {
            cluster().cancelJob(job).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the job ended before the test", e);
        }
    }
}
