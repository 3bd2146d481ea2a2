package org.hinomi.observatory.campaign;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hinomi.kernel.campaign.Confidence;
import org.jspecify.annotations.Nullable;

/**
 * What may be said of what is behind a campaign, in sentences of both languages, with its evidence, what speaks against
 * it, and the whole scale that its confidence is on.
 */
record AttributionView(
        String statement, Words text, String confidence, List<Sign> evidence, List<Sign> against, List<Step> scale) {
    /** A text in both languages. */
    record Words(String en, String ja) {}

    /** A piece of evidence: what it is about, how strong it is (0 to 1), and in words. */
    record Sign(String key, double value, String detail, Words text) {}

    /** A word of the scale and what it means. */
    record Step(String id, Words word, Words meaning) {}

    private static final List<Step> SCALE =
            Arrays.stream(Confidence.values()).map(AttributionWords::step).toList();

    /** As it is stored. */
    private record Stored(
            @Nullable String statement,
            @Nullable String confidence,
            @Nullable List<StoredSign> evidence) {}

    private record StoredSign(
            @Nullable String key,
            boolean supports,
            double value,
            @Nullable String detail) {}

    /** What was stored of a day. */
    static AttributionView of(String json) {
        Stored stored = CampaignRow.read(json, Stored.class);
        List<StoredSign> signs = stored.evidence() == null ? List.of() : stored.evidence();
        String statement = lower(stored.statement());
        return new AttributionView(
                statement,
                AttributionWords.statement(
                        statement,
                        signs.stream()
                                .filter(sign -> sign.supports() && "family".equals(sign.key()))
                                .map(sign -> text(sign.detail()))
                                .findFirst()
                                .orElse("")),
                lower(stored.confidence()),
                signs.stream()
                        .filter(StoredSign::supports)
                        .map(AttributionView::sign)
                        .toList(),
                signs.stream()
                        .filter(sign -> !sign.supports())
                        .map(AttributionView::sign)
                        .toList(),
                SCALE);
    }

    private static Sign sign(StoredSign sign) {
        String key = text(sign.key());
        String detail = text(sign.detail());
        return new Sign(key, sign.value(), detail, AttributionWords.sign(key, sign.supports(), sign.value(), detail));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String lower(@Nullable String text) {
        return text(text).toLowerCase(Locale.ROOT);
    }
}
