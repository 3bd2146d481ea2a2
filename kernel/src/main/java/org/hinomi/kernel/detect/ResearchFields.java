package org.hinomi.kernel.detect;

import java.util.ArrayList;
import java.util.List;
import org.hinomi.kernel.research.ResearchMatch;
import org.jspecify.annotations.Nullable;

/** The fields that tell whether a source is a researcher's, as detectors of sources have them. */
final class ResearchFields {
    private static final List<FieldMeaning> MEANINGS = List.of(
            new FieldMeaning(
                    "researcher",
                    "yes or no",
                    "Whether it is a research scanner's of the operator's list, as that was when this was told."),
            new FieldMeaning("researcher_name", "text", "Who that is; only if it is one."),
            new FieldMeaning("researcher_reference", "text", "The page where it says so; only if it is one."),
            new FieldMeaning("researcher_matched_by", "text", "The prefix or reverse name; only if it is one."));

    private ResearchFields() {}

    /** Fields with those of researchers after them. */
    static List<FieldMeaning> after(List<FieldMeaning> fields) {
        List<FieldMeaning> all = new ArrayList<>(fields);
        all.addAll(MEANINGS);
        return all;
    }

    /** Adds their values. */
    static DetectionFields add(DetectionFields fields, @Nullable ResearchMatch match) {
        fields.flag("researcher", match != null);
        return match == null
                ? fields
                : fields.text("researcher_name", match.researcher().name())
                        .text("researcher_reference", match.researcher().reference())
                        .text("researcher_matched_by", match.matchedBy());
    }
}
