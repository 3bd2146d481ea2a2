package org.hinomi.observatory.alert.delivery;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.alert.Severity;
import org.hinomi.observatory.alert.Alert;
import org.hinomi.observatory.alert.AlertWords;
import org.hinomi.observatory.store.control.EpochMicros;

/** Puts alerts into words: exact times in UTC, and a link to where more is known. */
final class Letter {
    private static final int MOST_NAMED = 20;

    private final URI console;

    /** Letters that lead to a console. */
    Letter(URI console) {
        this.console = console;
    }

    /** One alert. */
    Message alert(String id, Subscription to, Alert alert, Instant now) {
        boolean ja = to.language().equals("ja");
        String what = ja ? AlertWords.of(alert).ja() : AlertWords.of(alert).en();
        String link = link("/alerts?state=all&alert=" + alert.id());
        String text = ja
                ? what + "\n\n重要度: " + word(alert.urgency(), true) + "\n送信元: " + alert.source() + "\nはじめ: "
                        + time(alert.started()) + "\n最後: " + time(alert.seen()) + "（"
                        + (alert.ended() ? "終わりました" : "続いています") + "）\nセンサー: " + alert.sensor() + "\n検知器: "
                        + alert.detector() + "\n\n" + link + "\n"
                : what + "\n\nSeverity: " + word(alert.urgency(), false) + "\nSource: " + alert.source()
                        + "\nFirst seen: " + time(alert.started()) + "\nLast seen: " + time(alert.seen()) + " ("
                        + (alert.ended() ? "over" : "goes on") + ")\nSensor: " + alert.sensor() + "\nDetector: "
                        + alert.detector() + "\n\n" + link + "\n";
        String title = "[Hinomi] " + word(alert.urgency(), ja) + (ja ? "：" : ": ") + what;
        return message(id, "alert", to, alert.urgency(), title, text + "\n" + why(ja), data(alert, link), now);
    }

    /** Several alerts at once, when single ones would be too many. */
    Message summary(String id, Subscription to, List<Alert> alerts, Instant now) {
        boolean ja = to.language().equals("ja");
        StringBuilder text = new StringBuilder();
        text.append(
                ja
                        ? "1 時間に送る数を超えたため、" + alerts.size() + " 件をまとめてお知らせします。\n\n"
                        : alerts.size()
                                + " more alerts, told at once because single ones would be too many an hour:\n\n");
        alerts.stream()
                .limit(MOST_NAMED)
                .forEach(alert -> text.append("* ")
                        .append(word(alert.urgency(), ja))
                        .append(ja ? "：" : ": ")
                        .append(
                                ja
                                        ? AlertWords.of(alert).ja()
                                        : AlertWords.of(alert).en())
                        .append('\n'));
        if (alerts.size() > MOST_NAMED) {
            int more = alerts.size() - MOST_NAMED;
            text.append(ja ? "* ほか " + more + " 件\n" : "* and " + more + " more\n");
        }
        String link = link("/alerts");
        text.append('\n').append(link).append("\n\n").append(why(ja));
        Severity severity = alerts.stream()
                .map(Alert::urgency)
                .max(java.util.Comparator.naturalOrder())
                .orElse(Severity.LOW);
        String title = ja ? "[Hinomi] 警報：ほか " + alerts.size() + " 件" : "[Hinomi] " + alerts.size() + " more alerts";
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("count", alerts.size());
        data.put("ids", alerts.stream().map(Alert::id).toList());
        data.put("link", link);
        return message(id, "summary", to, severity, title, text.toString(), data, now);
    }

    /** A test, which somebody asked for. */
    Message test(String id, Subscription to, Instant now) {
        boolean ja = to.language().equals("ja");
        String text = ja
                ? "これはテストです。警報はこの宛先に届きます。\n\n" + link("/alerts") + "\n"
                : "This is a test. Alerts will reach you here.\n\n" + link("/alerts") + "\n";
        String title = ja ? "[Hinomi] テスト" : "[Hinomi] Test";
        return message(id, "test", to, Severity.LOW, title, text, Map.of("link", link("/alerts")), now);
    }

    private static Message message(
            String id,
            String type,
            Subscription to,
            Severity severity,
            String title,
            String text,
            Map<String, Object> data,
            Instant now) {
        return new Message(id, type, to.target(), to.secret(), now, severity, title, text, data);
    }

    private static Map<String, Object> data(Alert alert, String link) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", alert.id());
        data.put("revision", alert.revision());
        data.put("severity", alert.urgency().id());
        data.put("detector", alert.detector());
        data.put("sensor", alert.sensor());
        data.put("source", alert.source());
        data.put("port", alert.port());
        data.put("traffic", alert.traffic());
        data.put("first", time(alert.started()));
        data.put("last", time(alert.seen()));
        data.put("ended", alert.ended());
        data.put("link", link);
        data.put("fields", alert.values());
        return data;
    }

    private String link(String path) {
        return console.resolve(path).toString();
    }

    private static String time(long micros) {
        return EpochMicros.time(micros).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String word(Severity severity, boolean ja) {
        return switch (severity) {
            case LOW -> ja ? "低" : "low";
            case MEDIUM -> ja ? "中" : "medium";
            case HIGH -> ja ? "高" : "high";
        };
    }

    private static String why(boolean ja) {
        return ja
                ? "この通知は、Hinomi のアカウントの画面で登録されたものです。そこで止められます。\n"
                : "You get this because of a subscription on your account's page of Hinomi, where you can end it.\n";
    }
}
