package org.hinomi.observatory.label;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hinomi.observatory.label.ResearchDraft.Parsed;
import org.hinomi.observatory.label.ResearchDraft.Word;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Researchers as YAML: a list under {@code researchers}. Takes any text; nodes keep the lines that errors name. */
final class ResearchYaml {
    private static final List<String> KEYS = List.of("name", "reference", "prefixes", "reverse_names");
    private static final String SHAPE =
            "Write a list under 'researchers', each with name, reference, prefixes and" + " reverse_names.";

    private final List<ResearchDraft> drafts = new ArrayList<>();
    private final List<FileNote> errors = new ArrayList<>();
    private int words;

    private ResearchYaml() {}

    static Parsed read(String text) {
        try {
            Optional<Node> document = new Compose(
                            LoadSettings.builder().setAllowDuplicateKeys(false).build())
                    .composeString(text);
            ResearchYaml yaml = new ResearchYaml();
            yaml.document(document.orElse(null));
            return yaml.drafts.size() > ResearchCheck.MOST_RESEARCHERS || yaml.words > ResearchCheck.MOST_WORDS
                    ? ResearchCheck.tooMany(1)
                    : new Parsed(yaml.drafts, yaml.errors);
        } catch (MarkedYamlEngineException e) {
            return Parsed.unusable(
                    e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1),
                    "This is not YAML: " + e.getProblem() + ".",
                    SHAPE);
        } catch (YamlEngineException e) {
            return Parsed.unusable(
                    1,
                    "This is not YAML that can be used: " + ResearchCheck.shown(String.valueOf(e.getMessage())) + ".",
                    SHAPE);
        }
    }

    private void document(@Nullable Node root) {
        if (!(root instanceof MappingNode map)
                || map.getValue().size() != 1
                || !"researchers".equals(text(map.getValue().getFirst().getKeyNode()))
                || !(map.getValue().getFirst().getValueNode() instanceof SequenceNode list)) {
            errors.add(new FileNote(1, "There is no list 'researchers', or there is more than that.", SHAPE));
            return;
        }
        for (Node each : list.getValue()) {
            if (drafts.size() > ResearchCheck.MOST_RESEARCHERS
                    || words > ResearchCheck.MOST_WORDS
                    || errors.size() >= FileNote.MOST) {
                return;
            }
            if (each instanceof MappingNode item) {
                drafts.add(draft(item));
            } else {
                errors.add(new FileNote(line(each), "This is no researcher.", SHAPE));
            }
        }
    }

    private ResearchDraft draft(MappingNode item) {
        Map<String, Node> values = new LinkedHashMap<>();
        for (NodeTuple each : item.getValue()) {
            String key = String.valueOf(text(each.getKeyNode()));
            if (!KEYS.contains(key)) {
                errors.add(new FileNote(
                        line(each.getKeyNode()),
                        "'" + ResearchCheck.shown(key) + "' means nothing here.",
                        "Known are " + String.join(", ", KEYS) + "."));
            } else if (values.put(key, each.getValueNode()) != null) {
                errors.add(new FileNote(line(each.getKeyNode()), "'" + key + "' is given twice.", "Give it once."));
            }
        }
        return new ResearchDraft(
                line(item),
                word(values.get("name"), item),
                word(values.get("reference"), item),
                list(values.get("prefixes")),
                list(values.get("reverse_names")));
    }

    private Word word(@Nullable Node node, Node owner) {
        String text = node == null ? "" : text(node);
        if (text == null) {
            errors.add(new FileNote(
                    line(owner), "A name or reference is no text.", "Give one text, in quotes if need be."));
        }
        return new Word(line(node == null ? owner : node), text == null ? "" : text.strip());
    }

    private List<Word> list(@Nullable Node node) {
        List<Word> found = new ArrayList<>();
        if (node instanceof SequenceNode list) {
            for (Node each : list.getValue()) {
                String text = text(each);
                if (text == null) {
                    errors.add(new FileNote(line(each), "This is no text.", "Write IPv6 prefixes in quotes."));
                } else if (words++ <= ResearchCheck.MOST_WORDS) {
                    found.add(new Word(line(each), text.strip()));
                }
            }
        } else if (node != null) {
            errors.add(new FileNote(line(node), "This is no list.", "Write it in brackets, with commas between."));
        }
        return found;
    }

    private static @Nullable String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
