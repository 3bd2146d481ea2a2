package org.hinomi.observatory.telescope.uplink;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.hinomi.observatory.telescope.batch.Frame;
import org.hinomi.observatory.telescope.batch.Hello;
import org.hinomi.observatory.web.json.Json;
import org.hinomi.observatory.web.json.JsonException;
import org.hinomi.wire.batch.Batches;

/** Speaks with a tower by HTTP. */
public final class TowerClient implements Carrier {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofSeconds(15);
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String JSON = "application/json";
    private static final int LONGEST_DETAIL = 300;
    private static final int PARTS = 60;

    private final HttpClient client;
    private final URI tower;
    private final URI base;
    private final Optional<String> key;

    private record Problem(String type, String title, int status, String detail) {}

    /**
     * A client of a tower.
     *
     * @param tower where it is
     * @param sensor the sensor's name
     * @param key the sensor's key, unless it shows a certificate
     * @param tls the certificate to show and the authorities to believe, unless they are Java's own
     */
    public TowerClient(URI tower, String sensor, Optional<String> key, Optional<SSLContext> tls) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
        this.tower = tower;
        String text = tower.toString();
        this.base = URI.create((text.endsWith("/") ? text : text + "/") + "api/v1/sensors/" + sensor + "/");
        this.key = key;
    }

    /** Introduces the sensor. */
    public Answer hello(Hello hello) {
        return post("hello", JSON, Json.bytes(hello), SHORT, false);
    }

    @Override
    public Answer send(byte[] batch) {
        return post("batches", Batches.MEDIA_TYPE, batch, LONG, true);
    }

    Answer live(Frame frame) {
        return post("live", JSON, Json.bytes(frame), SHORT, true);
    }

    @Override
    public int mostParts() {
        return PARTS;
    }

    @Override
    public String target() {
        return tower.toString();
    }

    private Answer post(String path, String type, byte[] body, Duration most, boolean timed) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(most)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        try {
            return judge(client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()), timed);
        } catch (SSLException e) {
            return new Answer.Later(untrusted(e), true);
        } catch (IOException e) {
            return new Answer.Later(tower + " can't be reached (" + reason(e) + ")", false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Later("it was stopped", false);
        }
    }

    private String untrusted(SSLException e) {
        String what = String.valueOf(e.getMessage()).replace('\n', ' ');
        if (what.contains("Received fatal alert")) {
            return tower + " does not believe this sensor's certificate (" + what
                    + "); give it the authority that signed it as tls.client_ca";
        }
        return "the certificate of " + tower + " is not trusted (" + what
                + "); name the authority that signed it with --ca";
    }

    private static String reason(IOException e) {
        if (e instanceof ConnectException && e.getCause() instanceof ConnectException cause) {
            return reason(cause);
        }
        if (e.getCause() instanceof UnresolvedAddressException) {
            return "its name is not known";
        }
        if (e instanceof ConnectException && e.getMessage() == null) {
            return "nothing answers there";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private Answer judge(HttpResponse<byte[]> answer, boolean timed) {
        int status = answer.statusCode();
        try {
            if (status == 200 && timed) {
                Hello.Taken taken = Json.read(answer.body(), Hello.Taken.class);
                return new Answer.Taken(taken.received(), taken.answered());
            }
            if (status == 200) {
                Json.read(answer.body(), Hello.Welcome.class);
                return new Answer.Taken(0, 0);
            }
        } catch (JsonException e) {
            return noTower(status);
        }
        Optional<String> detail = detail(answer.body());
        if (status == 401 && key.isEmpty() && detail.isPresent()) {
            return new Answer.Later(
                    tower + " does not take this sensor's certificate (" + detail.get()
                            + "); it must be signed by an authority of the tower's tls.client_ca, and name the sensor",
                    true);
        }
        return switch (status) {
            case 413, 415, 422 -> new Answer.Refused(detail.orElse("it answers " + status));
            case 400, 401, 403, 404, 405, 409, 421 ->
                detail.<Answer>map(why -> new Answer.Later(tower + " refuses: " + why, true))
                        .orElseGet(() -> noTower(status));
            default ->
                new Answer.Later(
                        tower + " answers " + status
                                + detail.map(why -> ": " + why).orElse(""),
                        false);
        };
    }

    private Answer noTower(int status) {
        return new Answer.Later(
                "there is no Hinomi tower at " + tower + " (it answers " + status + ", not as a tower does)", true);
    }

    private static Optional<String> detail(byte[] body) {
        try {
            String detail = Json.read(body, Problem.class).detail();
            return detail == null
                    ? Optional.empty()
                    : Optional.of(detail.substring(0, Math.min(LONGEST_DETAIL, detail.length()))
                            .replaceAll("\\p{Cntrl}", " "));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
