package org.hinomi.observatory.alert.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.internet.MimeMessage;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hinomi.kernel.alert.Severity;
import org.hinomi.observatory.alert.delivery.Channel.Outcome;
import org.hinomi.observatory.alert.delivery.DeliverySettings.Carrier;
import org.hinomi.observatory.alert.delivery.DeliverySettings.Mail;
import org.hinomi.observatory.alert.delivery.DeliverySettings.Security;
import org.hinomi.observatory.alert.delivery.DeliverySettings.Syslog;
import org.hinomi.observatory.alert.delivery.DeliverySettings.Webhook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What really arrives at a mail server, a webhook and a syslog server. */
class ChannelsTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @TempDir
    Path folder;

    private static Message message(String target) {
        return new Message(
                "d1",
                "alert",
                target,
                "hw_secret",
                NOW,
                Severity.HIGH,
                "[Hinomi] 高：203.0.113.1 が攻撃を受けています",
                "本文\nhttps://watch.example.org/alerts\n",
                Map.of("source", "203.0.113.1", "quoted", "a]b\"c\\d\ne", "fields", Map.of("rate", 5)));
    }

    private Mail mail(int port, String password) throws Exception {
        Path file = Files.writeString(folder.resolve("password"), password + "\n");
        return new Mail(
                "127.0.0.1",
                port,
                Security.NONE,
                Optional.of("hinomi"),
                Optional.of(file),
                "hinomi@example.org",
                List.of());
    }

    @Test
    void aMailArrivesAsPlainTextInTheLanguageOfItsReader() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.setUser("hanako@example.org", "hinomi", "right");
        server.start();
        try {
            int port = server.getSmtp().getPort();
            assertThat(new MailChannel(mail(port, "wrong")).send(message("hanako@example.org")))
                    .isInstanceOf(Outcome.Later.class);
            assertThat(new MailChannel(mail(port, "right")).send(message("hanako@example.org")))
                    .isEqualTo(new Outcome.Sent());
            MimeMessage arrived = server.getReceivedMessages()[0];
            assertThat(server.getReceivedMessages()).hasSize(1);
            assertThat(arrived.getSubject()).isEqualTo("[Hinomi] 高：203.0.113.1 が攻撃を受けています");
            assertThat(arrived.getContentType()).startsWith("text/plain").containsIgnoringCase("utf-8");
            assertThat((String) arrived.getContent()).startsWith("本文");
            assertThat(arrived.getMessageID()).isEqualTo("<d1@hinomi>");
            assertThat(GreenMailUtil.getAddressList(arrived.getFrom())).isEqualTo("hinomi@example.org");
            assertThat(arrived.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(new MailChannel(mail(port, "right")).send(message("a\r\nBcc: b@example.org")))
                    .isInstanceOf(Outcome.Never.class);
        } finally {
            server.stop();
        }
    }

    @Test
    void aMailIsNeverSentInTheClearWhereStarttlsIsAskedForAndUncertainWhenTheLineBreaksAfterItsText() throws Exception {
        try (SmtpScript server = new SmtpScript(List.of("220 hi", "250 hi", "250 ok", "250 ok", "354 go"))) {
            Mail plain = new Mail(
                    "127.0.0.1",
                    server.port(),
                    Security.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    "hinomi@example.org",
                    List.of());
            assertThat(new MailChannel(plain).send(message("hanako@example.org")))
                    .isInstanceOf(Outcome.Uncertain.class);
        }
        try (SmtpScript server =
                new SmtpScript(List.of("220 hi", "250 hi", "550 no such person", "250 ok", "221 bye"))) {
            Mail secure = new Mail(
                    "127.0.0.1",
                    server.port(),
                    Security.STARTTLS,
                    Optional.empty(),
                    Optional.empty(),
                    "hinomi@example.org",
                    List.of());
            assertThat(new MailChannel(secure).send(message("hanako@example.org")))
                    .isInstanceOf(Outcome.Later.class);
            assertThat(server.heard()).doesNotContain("MAIL FROM");
        }
    }

    @Test
    void aServerThatRefusesThePersonIsNotAskedAgain() throws Exception {
        try (SmtpScript server =
                new SmtpScript(List.of("220 hi", "250 hi", "250 ok", "550 no such person", "250 ok"))) {
            Mail plain = new Mail(
                    "127.0.0.1",
                    server.port(),
                    Security.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    "hinomi@example.org",
                    List.of());
            assertThat(new MailChannel(plain).send(message("hanako@example.org")))
                    .isInstanceOf(Outcome.Never.class);
        }
    }

    /** A mail server that says one line after each it hears, and then hangs up. */
    private static final class SmtpScript implements AutoCloseable {
        private final ServerSocket socket;
        private final StringBuffer heard = new StringBuffer();

        SmtpScript(List<String> answers) throws Exception {
            socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(() -> serve(answers));
        }

        private void serve(List<String> answers) {
            try (Socket client = socket.accept()) {
                var in = client.getInputStream();
                for (String answer : answers) {
                    client.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                        heard.append((char) c);
                    }
                }
            } catch (java.io.IOException e) {
                heard.append(e.getMessage());
            }
        }

        int port() {
            return socket.getLocalPort();
        }

        String heard() {
            return heard.toString();
        }

        @Override
        public void close() throws Exception {
            socket.close();
        }
    }

    @Test
    void aWebhookIsSignedAndARedirectIsNotFollowed() throws Exception {
        Map<String, String> headers = new TreeMap<>();
        List<byte[]> bodies = new ArrayList<>();
        List<Integer> answers = new ArrayList<>(List.of(204, 302, 500, 404));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
            bodies.add(exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders().set("Location", "/hook");
            exchange.sendResponseHeaders(answers.removeFirst(), -1);
            exchange.close();
        });
        server.start();
        try {
            String host = "127.0.0.1:" + server.getAddress().getPort();
            WebhookChannel channel = new WebhookChannel(new Webhook(List.of(host), true), () -> NOW);
            Message message = message("http://" + host + "/hook?x=1");
            assertThat(channel.send(message)).isEqualTo(new Outcome.Sent());
            String time = headers.getOrDefault("Hinomi-timestamp", "");
            assertThat(time).isEqualTo("1780272000");
            assertThat(headers.get("Hinomi-signature"))
                    .isEqualTo("v1=" + WebhookChannel.signature("hw_secret", time, bodies.getFirst()));
            assertThat(new String(bodies.getFirst(), StandardCharsets.UTF_8))
                    .contains("\"source\":\"203.0.113.1\"", "\"type\":\"alert\"", "\"delivery\":\"d1\"");
            assertThat(channel.send(message)).isInstanceOf(Outcome.Never.class);
            assertThat(channel.send(message)).isInstanceOf(Outcome.Later.class);
            assertThat(channel.send(message)).isInstanceOf(Outcome.Never.class);
            assertThat(bodies).hasSize(4);
            WebhookChannel wary = new WebhookChannel(new Webhook(List.of(host, "localhost"), false), () -> NOW);
            assertThat(wary.send(message)).isInstanceOf(Outcome.Never.class);
            assertThat(wary.send(message("https://localhost/hook"))).isInstanceOf(Outcome.Later.class);
            assertThat(bodies).hasSize(4);
        } finally {
            server.stop(0);
        }
    }

    /** The value is what {@code openssl dgst -sha256 -hmac} gives. */
    @Test
    void theSignatureIsWhatOtherProgramsCompute() {
        assertThat(WebhookChannel.signature("hw_secret", "1780272000", "{}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("dfa975c9bfd2a065a330056ad36869275fa9f951208a2241e9d1a36ded4a4c92");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example.org/",
                "https://other.example.org/",
                "https://hooks.example.org:8443/",
                "https://me:secret@hooks.example.org/",
                "https://hooks.example.org/#a",
                "file:///etc/passwd",
                "not a url",
                "https:///x"
            })
    void aWebhookGoesToAllowedHostsOnly(String url) {
        Webhook settings = new Webhook(List.of("hooks.example.org"), false);
        assertThat(WebhookAddress.refused(url, settings)).isPresent();
        assertThat(WebhookAddress.refused("https://HOOKS.example.org/a?b=c", settings))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "240.0.0.1",
                "198.18.0.1",
                "192.0.0.1",
                "::1",
                "::",
                "fe80::1",
                "fd00::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::1",
                "2001:0:1::1"
            })
    void addressesThatNotEverybodyReachesAreNotPublic(String address) throws Exception {
        assertThat(WebhookAddress.isPublic(InetAddress.getByName(address))).isFalse();
        assertThat(WebhookAddress.isPublic(InetAddress.getByName("8.8.8.8"))).isTrue();
        assertThat(WebhookAddress.isPublic(InetAddress.getByName("2606:4700::1111")))
                .isTrue();
    }

    @Test
    void syslogHasItsFactsAsStructuredDataInDatagramsAndCountedOctets() throws Exception {
        String line = "<130>1 2026-06-01T00:00:00Z - hinomi - alert [hinomi@32473 delivery=\"d1\"";
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(5000);
            Syslog settings = new Syslog("127.0.0.1", server.getLocalPort(), Carrier.UDP, Optional.empty());
            assertThat(new SyslogChannel(settings).send(message(""))).isEqualTo(new Outcome.Sent());
            DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
            server.receive(packet);
            String heard = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            assertThat(heard)
                    .startsWith(line)
                    .contains("source=\"203.0.113.1\"", "quoted=\"a\\]b\\\"c\\\\d e\"")
                    .endsWith("] \ufeff[Hinomi] 高：203.0.113.1 が攻撃を受けています");
        }
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Syslog settings = new Syslog("127.0.0.1", server.getLocalPort(), Carrier.TCP, Optional.empty());
            assertThat(new SyslogChannel(settings).send(message(""))).isEqualTo(new Outcome.Sent());
            try (Socket client = server.accept()) {
                byte[] heard = client.getInputStream().readAllBytes();
                byte[] message = SyslogChannel.encode(message(""));
                assertThat(heard)
                        .startsWith((message.length + " ").getBytes(StandardCharsets.US_ASCII))
                        .endsWith(message);
            }
            server.close();
            assertThat(new SyslogChannel(settings).send(message(""))).isInstanceOf(Outcome.Later.class);
        }
    }

    @Test
    void aSyslogMessageFitsIntoADatagram() {
        Message all = message("");
        Message huge = new Message("d1", "alert", "", "", NOW, Severity.LOW, "火".repeat(5000), "", all.data());
        assertThat(SyslogChannel.encode(huge)).hasSizeLessThanOrEqualTo(2048);
        assertThat(new String(SyslogChannel.encode(huge), StandardCharsets.UTF_8))
                .doesNotContain("\ufffd");
    }
}
