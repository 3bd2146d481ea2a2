package org.hinomi.observatory.alert.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hinomi.observatory.alert.delivery.DeliverySettings.Webhook;
import org.hinomi.observatory.web.json.Json;

/**
 * JSON to a URL, signed: {@code Hinomi-Signature: v1=} and the HMAC-SHA256 (RFC 2104), in hexadecimal digits, of the
 * value of {@code Hinomi-Timestamp}, a full stop and the body. {@code Hinomi-Delivery} is the same when it is tried
 * again.
 */
final class WebhookChannel implements Channel {
    private static final int REDIRECT = 300;
    private static final int REFUSED = 400;
    private static final int BROKEN = 500;

    private final Webhook settings;
    private final InstantSource clock;

    WebhookChannel(Webhook settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public Outcome send(Message message) {
        Optional<String> refused = WebhookAddress.refused(message.target(), settings);
        if (refused.isPresent()) {
            return new Outcome.Never(refused.get());
        }
        URI uri = URI.create(message.target());
        Map<String, Object> content = new LinkedHashMap<>(message.data());
        content.put("delivery", message.id());
        content.put("type", message.type());
        content.put("title", message.title());
        byte[] body = Json.bytes(content);
        try {
            InetAddress address = checked(uri.getHost());
            return ofStatus(PinnedPost.send(uri, address, headers(message, body), body));
        } catch (UnknownHostException e) {
            return new Outcome.Later(uri.getHost() + " has no address that may be called");
        } catch (IOException e) {
            return new Outcome.Later(uri.getHost() + " can't be told: " + e.getMessage());
        }
    }

    /** An address behind the name; all of them must be public where only public ones are allowed. */
    private InetAddress checked(String host) throws UnknownHostException {
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        InetAddress[] all = InetAddress.getAllByName(name);
        for (InetAddress address : all) {
            if (!settings.privateAddresses() && !WebhookAddress.isPublic(address)) {
                throw new UnknownHostException(name);
            }
        }
        return all[0];
    }

    private Map<String, String> headers(Message message, byte[] body) {
        String time = Long.toString(clock.instant().getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Hinomi");
        headers.put("Hinomi-Delivery", message.id());
        headers.put("Hinomi-Timestamp", time);
        headers.put("Hinomi-Signature", "v1=" + signature(message.secret(), time, body));
        return headers;
    }

    /** What the receiver computes too, to know that nobody else made the message or changed it. */
    static String signature(String secret, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static Outcome ofStatus(int status) {
        if (status >= 200 && status < REDIRECT) {
            return new Outcome.Sent();
        }
        String reason = "the receiver answers with status " + status;
        if (status >= BROKEN || status == 408 || status == 425 || status == 429) {
            return new Outcome.Later(reason);
        }
        return new Outcome.Never(status < REFUSED ? reason + "; redirects are not followed" : reason);
    }
}
