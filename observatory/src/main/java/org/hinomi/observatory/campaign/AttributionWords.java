package org.hinomi.observatory.campaign;

import java.util.Locale;
import org.hinomi.kernel.campaign.Confidence;
import org.hinomi.observatory.campaign.AttributionView.Step;
import org.hinomi.observatory.campaign.AttributionView.Words;

/** The sentences about what is behind a campaign. None says more than the kernel's statement and sign do. */
final class AttributionWords {
    private AttributionWords() {}

    static Words statement(String statement, String family) {
        return switch (statement) {
            case "same_tool" ->
                family.isEmpty()
                        ? new Words(
                                "Its sources use the same tool or malware. Whoever has it can use it: this does not say"
                                        + " who does.",
                                "送信元は同じツールかマルウェアを使っています。手に入れた人なら誰でも使えるので、誰が使っているかまではわかりません。")
                        : new Words(
                                "Its sources use the same tool or malware, with the marks of " + family
                                        + ". Whoever has it can use it: this does not say who does.",
                                "送信元は " + family + " の特徴をもつ同じツールかマルウェアを使っています。手に入れた人なら誰でも使えるので、誰が使っているかまではわかりません。");
            case "common_control" ->
                new Words(
                        "Its sources are directed together: they began together and do the same. By whom is not known.",
                        "送信元はまとめて操作されています。そろって始まり、同じことをしています。誰が操作しているかはわかりません。");
            default ->
                new Words(
                        "Its sources behave alike. Why, nothing seen here tells.",
                        "送信元は似た動きをしています。なぜそうなのかは、ここで見えることからはわかりません。");
        };
    }

    static Step step(Confidence confidence) {
        return switch (confidence) {
            case NONE ->
                new Step(
                        confidence.id(), new Words("None", "なし"), new Words("Nothing speaks for it.", "裏づけるものがありません。"));
            case LOW ->
                new Step(
                        confidence.id(),
                        new Words("Low", "低"),
                        new Words(
                                "It fits what is seen, and so do other explanations.", "見えることに合いますが、ほかの説明も同じくらい合います。"));
            case MODERATE ->
                new Step(
                        confidence.id(),
                        new Words("Moderate", "中"),
                        new Words(
                                "Independent signs agree; other explanations remain.", "独立したしるしが一致していますが、ほかの説明も残ります。"));
            case HIGH ->
                new Step(
                        confidence.id(),
                        new Words("High", "高"),
                        new Words(
                                "Several independent signs agree, and what is seen is very unlikely otherwise.",
                                "複数の独立したしるしが一致し、そうでなければまず起こらないことが見えています。"));
        };
    }

    static Words sign(String key, boolean supports, double value, String detail) {
        String share = String.format(Locale.ROOT, "%.0f %%", value * 100);
        String about = detail.isEmpty() ? "" : " (" + detail + ")";
        String aboutJa = detail.isEmpty() ? "" : "（" + detail + "）";
        Words words = supports ? supporting(key, share, about, aboutJa) : against(key, share, about, aboutJa);
        return new Words(words.en() + ".", words.ja() + "。");
    }

    private static Words supporting(String key, String share, String about, String aboutJa) {
        return switch (key) {
            case "family" ->
                new Words(
                        share + " of its sources send with the same mark" + about,
                        "送信元の " + share + " が同じ特徴をもつパケットを送っています" + aboutJa);
            case "ports" ->
                new Words("They ask for the same ports: " + share + about, "同じポートを探しています：" + share + aboutJa);
            case "onset" -> new Words("They began together: " + share + about, "そろって始まりました：" + share + aboutJa);
            case "rhythm" ->
                new Words("They send at the same hours: " + share + about, "同じ時間帯に送っています：" + share + aboutJa);
            case "fields" ->
                new Words("Their packets' fields are the same: " + share + about, "パケットの値が同じです：" + share + aboutJa);
            case "networks" ->
                new Words("Their networks speak for it: " + share + about, "ネットワークの分布がこれに合います：" + share + aboutJa);
            case "background" ->
                new Words(
                        "It stands out from what all others send: " + share + about,
                        "ほかの送信元の通信とははっきり違います：" + share + aboutJa);
            default -> new Words(key + ": " + share + about, key + "：" + share + aboutJa);
        };
    }

    private static Words against(String key, String share, String about, String aboutJa) {
        return switch (key) {
            case "family" ->
                new Words("There is no mark that all share: " + share + about, "共通する特徴がありません：" + share + aboutJa);
            case "ports" ->
                new Words("They ask for different ports: " + share + about, "探しているポートがまちまちです：" + share + aboutJa);
            case "onset" ->
                new Words("They did not begin together: " + share + about, "始まりがそろっていません：" + share + aboutJa);
            case "rhythm" ->
                new Words("They send at different hours: " + share + about, "送る時間帯がまちまちです：" + share + aboutJa);
            case "fields" ->
                new Words("Their packets' fields differ: " + share + about, "パケットの値がまちまちです：" + share + aboutJa);
            case "networks" ->
                new Words("Their networks speak against it: " + share + about, "ネットワークの分布がこれに合いません：" + share + aboutJa);
            case "background" ->
                new Words("Many others send the same: " + share + about, "同じ通信を送るものはほかにも多くあります：" + share + aboutJa);
            default -> new Words(key + ": " + share + about, key + "：" + share + aboutJa);
        };
    }
}
