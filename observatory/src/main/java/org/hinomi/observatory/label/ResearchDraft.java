package org.hinomi.observatory.label;

import java.util.List;

/**
 * A researcher as somebody wrote it: texts that were not looked at.
 *
 * @param line where it begins
 */
record ResearchDraft(int line, Word name, Word reference, List<Word> prefixes, List<Word> reverseNames) {
    /** A text and where it stands; empty when it is missing. */
    record Word(int line, String text) {}

    /** What was read: drafts, and what could not be. */
    record Parsed(List<ResearchDraft> drafts, List<FileNote> errors) {
        static Parsed unusable(int line, String reason, String remedy) {
            return new Parsed(List.of(), List.of(new FileNote(line, reason, remedy)));
        }
    }
}
