package org.hinomi.observatory.alert.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.hinomi.observatory.alert.delivery.DeliverySettings.Syslog;
import org.hinomi.observatory.web.ClientTls;
import org.hinomi.observatory.web.ListenException;

/** Syslog messages with structured data (RFC 5424), facility local0; the element {@code hinomi@32473} holds the facts. */
final class SyslogChannel implements Channel {
    private static final int MILLIS = 10_000;
    private static final int LOCAL0 = 16 * 8;
    private static final int LARGEST = 2048;

    private final Syslog settings;

    SyslogChannel(Syslog settings) {
        this.settings = settings;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public Outcome send(Message message) {
        byte[] bytes = encode(message);
        try {
            switch (settings.carrier()) {
                case UDP -> datagram(bytes);
                case TCP -> {
                    try (Socket socket = connected()) {
                        counted(socket, bytes);
                    }
                }
                case TLS -> secured(bytes);
            }
            return new Outcome.Sent();
        } catch (IOException | ListenException e) {
            return new Outcome.Later(settings.host() + " can't be told: " + e.getMessage());
        }
    }

    private void datagram(byte[] bytes) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(
                    new DatagramPacket(bytes, bytes.length, InetAddress.getByName(settings.host()), settings.port()));
        }
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(settings.host(), settings.port()), MILLIS);
            socket.setSoTimeout(MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void secured(byte[] bytes) throws IOException, ListenException {
        var factory = ClientTls.context(settings.ca(), Optional.empty(), Optional.empty())
                .getSocketFactory();
        try (Socket plain = connected();
                SSLSocket socket = (SSLSocket) factory.createSocket(plain, settings.host(), settings.port(), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            counted(socket, bytes);
        }
    }

    private static void counted(Socket socket, byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((bytes.length + " ").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.flush();
    }

    /** The message as it goes over the line, cut where a datagram could get too large. */
    static byte[] encode(Message message) {
        int priority = LOCAL0
                + switch (message.severity()) {
                    case HIGH -> 2;
                    case MEDIUM -> 4;
                    case LOW -> 5;
                };
        StringBuilder line = new StringBuilder("<" + priority + ">1 ");
        line.append(message.time().truncatedTo(ChronoUnit.MICROS)).append(" - hinomi - ");
        line.append(message.type())
                .append(" [hinomi@32473 delivery=\"")
                .append(message.id())
                .append('"');
        message.data().forEach((name, value) -> {
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                line.append(' ')
                        .append(name)
                        .append("=\"")
                        .append(escaped(value))
                        .append('"');
            }
        });
        line.append("] \ufeff").append(message.title().replaceAll("[\\p{Cntrl}]", " "));
        byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
        return bytes.length <= LARGEST ? bytes : cut(line, bytes.length);
    }

    private static byte[] cut(StringBuilder line, int length) {
        int over = length - LARGEST;
        return line.substring(0, Math.max(0, line.length() - over - 1)).getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(Object value) {
        String text = String.valueOf(value).replaceAll("[\\p{Cntrl}]", " ");
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("]", "\\]");
    }
}
