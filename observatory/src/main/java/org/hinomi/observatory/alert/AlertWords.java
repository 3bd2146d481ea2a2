package org.hinomi.observatory.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an alert is about, in one plain sentence of each language: for the queue, mails and messages. */
public record AlertWords(String en, String ja) {
    private static final double MILLION = 1e6;

    /** The sentence of an alert. */
    public static AlertWords of(Alert alert) {
        Map<String, Object> values = alert.values();
        return switch (alert.detector()) {
            case "scan" -> scan(alert, values);
            case "dos" -> attack(alert, values);
            case "port_surge", "country_surge", "network_surge" -> surge(values);
            case "sync", "port_sync" -> sync(values);
            case "ports" -> sweep(alert, values);
            case "family" -> family(alert, values);
            case "own" -> own(alert, values);
            default -> other(alert, values);
        };
    }

    private static AlertWords scan(Alert alert, Map<String, Object> values) {
        String port = port(alert);
        String reached = number(values.get("destinations"));
        String en = alert.source() + " scans for " + port + ": " + reached + " dark addresses reached";
        String ja = alert.source() + " が " + port + " を探しています。ダークアドレス " + reached + " 個に届きました";
        if (values.get("coverage") instanceof Number coverage) {
            String share = String.format(Locale.ROOT, "%.1f %%", coverage.longValue() / MILLION * 100);
            en += ", " + share + " of all";
            ja += "（全体の " + share + "）";
        }
        String tools = names(values.get("tools"));
        return tools.isEmpty()
                ? new AlertWords(en + ".", ja + "。")
                : new AlertWords(en + ". Marks of " + tools + ".", ja + "。" + tools + " の特徴があります。");
    }

    private static AlertWords attack(Alert alert, Map<String, Object> values) {
        String name = String.valueOf(values.getOrDefault("attack", "mixed"));
        String en = alert.source() + " is being flooded (" + name.replace('_', ' ') + ")";
        String ja = alert.source() + " が大量の通信を受けています（" + kind(name) + "）";
        if (values.get("rate") instanceof Number rate) {
            en += ": at least " + number(rate) + " packets a second";
            ja += "。1 秒に " + number(rate) + " パケット以上です";
        }
        return new AlertWords(en + ".", ja + "。");
    }

    private static String kind(String attack) {
        return switch (attack) {
            case "syn_flood" -> "SYN フラッド";
            case "tcp_reset" -> "閉じたポートへの TCP";
            case "ping_flood" -> "ping フラッド";
            case "icmp_error" -> "主に UDP";
            case "dns" -> "DNS への問い合わせ";
            default -> "複数の種類";
        };
    }

    private static AlertWords sweep(Alert alert, Map<String, Object> values) {
        String ports = number(values.get("distinct_ports"));
        String reached = number(values.get("destinations"));
        return new AlertWords(
                alert.source() + " tries " + ports + " ports at " + reached + " dark addresses.",
                alert.source() + " がダークアドレス " + reached + " 個で " + ports + " 個のポートを試しています。");
    }

    private static AlertWords family(Alert alert, Map<String, Object> values) {
        String name = String.valueOf(values.getOrDefault("family", "?"));
        String sure = String.valueOf(values.getOrDefault("confidence", "?"));
        return new AlertWords(
                alert.source() + " sends with the marks of " + name + " (confidence: " + sure + ").",
                alert.source() + " の通信に " + name + " の特徴があります（確信度：" + sureJa(sure) + "）。");
    }

    private static String sureJa(String confidence) {
        return switch (confidence) {
            case "high" -> "高";
            case "medium" -> "中";
            case "low" -> "低";
            default -> "不明";
        };
    }

    private static AlertWords own(Alert alert, Map<String, Object> values) {
        String owner = String.valueOf(values.getOrDefault("organisation_name", ""));
        String grade = String.valueOf(values.getOrDefault("grade", ""));
        String of = owner.isEmpty() ? "" : " of " + owner;
        String ownerJa = owner.isEmpty() ? "" : owner + " の ";
        return new AlertWords(
                alert.source() + of + " sends into the dark space: " + (grade.isEmpty() ? "graded by nobody" : grade)
                        + ".",
                ownerJa + alert.source() + " からダークネットに通信が届いています（確度：" + gradeJa(grade) + "）。");
    }

    private static String gradeJa(String grade) {
        return switch (grade) {
            case "strong" -> "ほぼ確実";
            case "probable" -> "有力";
            case "possible" -> "可能性あり";
            case "unproven" -> "未確認";
            default -> "不明";
        };
    }

    private static AlertWords other(Alert alert, Map<String, Object> values) {
        List<String> about = new ArrayList<>();
        if (!alert.source().isEmpty()) {
            about.add(alert.source());
        }
        if (alert.port() >= 0) {
            about.add(port(alert));
        }
        for (String name : List.of("country", "asn", "family", "members", "sources", "packets")) {
            Object value = values.get(name);
            if (value instanceof String || value instanceof Number) {
                about.add(name + " " + (value instanceof Number ? number(value) : value));
            }
        }
        String text = about.isEmpty() ? alert.sensor() : String.join(", ", about);
        return new AlertWords(alert.detector() + ": " + text + ".", alert.detector() + "：" + text + "。");
    }

    private static AlertWords surge(Map<String, Object> values) {
        String what = String.valueOf(values.getOrDefault("what", "?"));
        String observed = number(values.get("observed"));
        String expected = number(values.get("expected"));
        return new AlertWords(
                "More sources than usual for " + what + ": " + observed + " blocks where " + expected
                        + " were expected.",
                what + " の送信元がふだんより増えています。" + expected + " ブロックの見込みに対して " + observed + " ブロックです。");
    }

    private static AlertWords sync(Map<String, Object> values) {
        String what = String.valueOf(values.getOrDefault("what", "all"));
        String sources = number(values.get("sources"));
        boolean all = what.equals("all");
        return new AlertWords(
                sources + " sources began to move together" + (all ? "." : ", for " + what + "."),
                (all ? "" : what + " で ") + sources + " 個の送信元がそろって動き始めました。");
    }

    /** A port as people write it: tcp/23. */
    static String port(Alert alert) {
        String traffic = alert.traffic();
        String protocol = traffic.startsWith("tcp") ? "tcp/" : traffic.startsWith("udp") ? "udp/" : "";
        return traffic.startsWith("icmp") ? "ICMP " + alert.port() : protocol + alert.port();
    }

    private static String number(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Number n ? String.format(Locale.ROOT, "%,d", n.longValue()) : "?";
    }

    private static String names(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof List<?> list
                ? String.join(", ", list.stream().map(String::valueOf).toList())
                : "";
    }
}
