package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hinomi.observatory.Main;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program as a process of its own, with what it says in files. */
final class Program implements AutoCloseable {
    private static final Pattern OPEN = Pattern.compile("Open (http\\S+)\\s");
    private static final Pattern TOKEN = Pattern.compile("/setup#(\\S+)\\s");
    private static final String PASSWORD = "\"password\":\"correct horse battery\"";
    private static final Duration LONGEST_START = Duration.ofSeconds(120);

    private final Process process;
    private final Path out;
    private final Path err;
    private String cookie = "none=";

    private Program(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts the program. */
    static Program start(Path folder, String... arguments) throws IOException {
        return start(folder, List.of(), Main.class, arguments);
    }

    /**
     * Starts a main class.
     *
     * @param folder where what it says is kept
     * @param before a command that takes the rest of its line as a command, such as {@code setpriv}
     */
    static Program start(Path folder, List<String> before, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseCompactObjectHeaders", "-Xmx512m"));
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dhinomi.test.password-rounds=" + System.getProperty("hinomi.test.password-rounds"),
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "said", ".out");
        Path err = Files.createTempFile(folder, "said", ".err");
        return new Program(
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start(),
                out,
                err);
    }

    /** Waits until the tower watches, and tells where. */
    URI address() throws IOException, InterruptedException {
        return URI.create(said(OPEN));
    }

    /** The part of what it says that a pattern's group names; waits for it. */
    private String said(Pattern pattern) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            Matcher found = pattern.matcher(out());
            if (found.find()) {
                return found.group(1);
            }
            Thread.sleep(50);
        }
        throw new AssertionError("it does not say " + pattern + ": " + out() + err());
    }

    /** Waits until its log says something. */
    void awaitSaid(String what) throws IOException, InterruptedException {
        for (int i = 0; i < 600 && process.isAlive() && !err().contains(what); i++) {
            Thread.sleep(50);
        }
        assertThat(err()).contains(what);
    }

    /** What an endless answer says in a time. */
    String firstEvents(String path, Duration time) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address().resolve(path))
                .header("Cookie", cookie.replaceAll(";.*", ""))
                .build();
        StringBuilder said = new StringBuilder();
        long end = System.nanoTime() + time.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<java.io.InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            byte[] buffer = new byte[1 << 16];
            try (java.io.InputStream in = answer.body()) {
                for (int read = 0; read >= 0 && System.nanoTime() < end; read = in.read(buffer)) {
                    said.append(new String(buffer, 0, read, java.nio.charset.StandardCharsets.UTF_8));
                }
            }
            client.shutdownNow();
        }
        return said.toString();
    }

    /** Waits until it has said something. */
    void awaitLine() throws IOException, InterruptedException {
        for (int i = 0; i < 2400 && process.isAlive() && out().isEmpty(); i++) {
            Thread.sleep(50);
        }
        assertThat(out()).as(err()).isNotEmpty();
    }

    /** Makes the first account with the link it tells, and asks as that from now on. */
    void signIn() throws IOException, InterruptedException {
        address();
        signIn("/api/v1/setup", "{\"token\":\"" + said(TOKEN) + "\",\"name\":\"ada\"," + PASSWORD + "}");
    }

    /** Signs in with an account that {@link #signIn()} made on the same data. */
    void signIn(String name) throws IOException, InterruptedException {
        signIn("/api/v1/session", "{\"name\":\"" + name + "\"," + PASSWORD + "}");
    }

    private void signIn(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            cookie = answer.headers()
                    .firstValue("Set-Cookie")
                    .orElseThrow(() -> new AssertionError(answer.body() + quietErr()));
        }
    }

    /** Asks with the session of an earlier run from now on. */
    void as(Program earlier) {
        cookie = earlier.cookie;
    }

    /** A new key for a sensor apart from the tower, made as that account. */
    String sensorKey(String sensor) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address().resolve("/api/v1/sensor-keys"))
                .header("Cookie", cookie.replaceAll(";.*", ""))
                .header("X-Hinomi-Csrf", ask("/api/v1/session").get("csrf").asString())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"sensor\":\"" + sensor + "\",\"label\":\"test\"}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            return JsonMapper.shared().readTree(answer.body()).get("key").asString();
        }
    }

    /** What an address below that of the console answers. */
    JsonNode ask(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address().resolve(path))
                .header("Cookie", cookie.replaceAll(";.*", ""))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JsonMapper.shared().readTree(answer.body());
        }
    }

    /** The same as text. */
    String text(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address().resolve(path))
                .header("Cookie", cookie.replaceAll(";.*", ""))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    /** The status of what a key is answered. */
    int status(String path, String key) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address().resolve(path))
                .header("Authorization", "Bearer " + key)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }

    /** Waits for its end, and tells the exit code. */
    int end() throws InterruptedException {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();
        return process.exitValue();
    }

    /** Asks it to end (SIGTERM), and tells the exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        return end();
    }

    /** Kills it (SIGKILL). */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        end();
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    private String quietErr() {
        try {
            return err();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(30, TimeUnit.SECONDS);
    }
}
