package org.hinomi.observatory.capture.ring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * A network of its own with two ends of a cable, {@link #NEAR} and {@link #FAR}, and a loopback; what is sent in it
 * never leaves it. Gone when closed.
 */
public final class NetworkNamespace implements AutoCloseable {
    /** One end of the cable. */
    public static final String NEAR = "near";

    /** The other end. */
    public static final String FAR = "far";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name;

    private NetworkNamespace(String name) {
        this.name = name;
    }

    /** Makes one; skips the test, loudly, when that can't be done. */
    public static NetworkNamespace make() throws IOException, InterruptedException {
        String name = "hinomi-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        String why =
                System.getProperty("os.name").equals("Linux") ? run(List.of("ip", "netns", "add", name)) : "no Linux";
        if (!why.isEmpty()) {
            System.err.println("SKIPPED: live capture needs root and the command ip: " + why);
            Assumptions.abort("no network namespace: " + why);
        }
        NetworkNamespace made = new NetworkNamespace(name);
        try {
            made.exec("ip", "link", "add", NEAR, "type", "veth", "peer", "name", FAR);
            made.exec("sh", "-c", "echo 1 | tee /proc/sys/net/ipv6/conf/*/disable_ipv6 >/dev/null");
            for (String link : List.of("lo", NEAR, FAR)) {
                made.exec("ip", "link", "set", link, "up");
            }
            return made;
        } catch (IOException e) {
            made.close();
            throw e;
        }
    }

    /** What stands before a command that is to run in it. */
    public List<String> before() {
        return List.of("ip", "netns", "exec", name);
    }

    /** Runs a command in it. */
    public void exec(String... command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(before());
        whole.addAll(List.of(command));
        String said = run(whole);
        if (!said.isEmpty()) {
            throw new IOException(String.join(" ", whole) + ": " + said);
        }
    }

    /** What went wrong, or an empty text. */
    private static String run(List<String> command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            process.waitFor(30, TimeUnit.SECONDS);
            return process.exitValue() == 0 ? "" : said.isEmpty() ? "exit code " + process.exitValue() : said;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public void close() throws InterruptedException {
        run(List.of("ip", "netns", "delete", name));
    }
}
