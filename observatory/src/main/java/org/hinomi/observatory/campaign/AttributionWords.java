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
                        new Words("What is seen is very unlikely otherwise.", "そうでなければまず起こらないことが見えています。"));
        };
    }

    static Words sign(String key, boolean supports, double value, String detail) {
        Words words = supports ? supporting(key, value, detail) : against(key, value, detail);
        return new Words(words.en() + ".", words.ja() + "。");
    }

    private static Words supporting(String key, double value, String detail) {
        String share = percent(value);
        return switch (key) {
            case "family" ->
                new Words(
                        share + " of its sources send with the marks of " + detail,
                        "送信元の " + share + " に " + detail + " の特徴があります");
            case "fields" ->
                new Words(
                        share + " of its sources send packets with the same TCP window and length",
                        "送信元の " + share + " が、TCP ウィンドウと長さの同じパケットを送っています");
            case "ports" ->
                new Words(
                        "Nearly nobody else asks for " + detail + ": " + percent(1 - value) + " of the other sources",
                        detail + " を探すものはほかにほとんどありません：ほかの送信元の " + percent(1 - value));
            case "onset" ->
                new Words(
                        share + " of its sources came within a day of the middle one",
                        "送信元の " + share + " が、現れた日の中央値の前後 1 日のうちに現れました");
            case "rhythm" ->
                new Words(share + " of its sources send at the same hours", "送信元の " + share + " が同じ時間帯に送っています");
            case "networks" ->
                new Words(
                        share + " of its sources are in one network, AS" + detail,
                        "送信元の " + share + " が一つのネットワーク AS" + detail + " にあります");
            default -> other(key, share, detail);
        };
    }

    private static Words against(String key, double value, String detail) {
        String share = percent(value);
        return switch (key) {
            case "background" ->
                new Words(
                        share + " of all other sources do the same: it may be a part of what is always there",
                        "ほかの送信元の " + share + " も同じことをしています。いつもある通信の一部かもしれません");
            case "onset" ->
                new Words(
                        "Only " + share + " of its sources came within a day of the middle one",
                        "前後 1 日のうちに現れた送信元は " + share + " だけです");
            case "family" ->
                new Words("Only " + share + " of its sources share a mark", "共通の特徴がある送信元は " + share + " だけです");
            default -> other(key, share, detail);
        };
    }

    /** What a newer kernel may tell: by its name. */
    private static Words other(String key, String share, String detail) {
        return detail.isEmpty()
                ? new Words(key + ": " + share, key + "：" + share)
                : new Words(key + ": " + share + " (" + detail + ")", key + "：" + share + "（" + detail + "）");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share > 0 && share < 0.01 ? "%.1f %%" : "%.0f %%", share * 100);
    }
}
