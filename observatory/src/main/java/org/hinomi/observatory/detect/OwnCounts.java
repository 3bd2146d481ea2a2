package org.hinomi.observatory.detect;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hinomi.observatory.detect.DetectionStore.Stored;
import org.hinomi.observatory.detect.OwnRoutes.Counted;

/** Counts machines of organisations: each once, however often it began anew. */
final class OwnCounts {
    private static final List<String> GRADES = List.of("unproven", "possible", "probable", "strong");

    private final Map<String, Organisation> organisations = new TreeMap<>();

    private static final class Organisation {
        private final Map<String, Machine> machines = new HashMap<>();
        private String name = "";
        private long last = Long.MIN_VALUE;
    }

    /** The highest grade of a machine, the cause that went with it, and whether it has not gone quiet. */
    private record Machine(int grade, String cause, boolean active) {
        Machine with(Machine other) {
            Machine higher = other.grade > grade ? other : this;
            return new Machine(higher.grade, higher.cause, active || other.active);
        }
    }

    /** Takes a detection; the newest first. */
    void add(Stored stored, Map<?, ?> fields) {
        Organisation of = organisations.computeIfAbsent(text(fields, "organisation"), id -> new Organisation());
        if (stored.seen() > of.last) {
            of.last = stored.seen();
            of.name = text(fields, "organisation_name");
        }
        int grade = Math.max(0, GRADES.indexOf(text(fields, "grade")));
        of.machines.merge(stored.source(), new Machine(grade, text(fields, "cause"), !stored.ended()), Machine::with);
    }

    /** The counts, by id of the organisation. */
    List<Counted> counted() {
        return organisations.entrySet().stream()
                .map(each -> counted(each.getKey(), each.getValue()))
                .toList();
    }

    private static Counted counted(String id, Organisation of) {
        Map<String, Integer> grades = new TreeMap<>();
        Map<String, Integer> causes = new TreeMap<>();
        int active = 0;
        for (Machine machine : of.machines.values()) {
            grades.merge(GRADES.get(machine.grade), 1, Integer::sum);
            causes.merge(machine.cause, 1, Integer::sum);
            active += machine.active ? 1 : 0;
        }
        return new Counted(id, of.name, of.machines.size(), active, grades, causes, second(of.last));
    }

    static String text(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    static Instant second(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000));
    }
}
