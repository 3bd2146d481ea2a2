package org.hinomi.wire.flowfile;

import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;

/** How the records of a schema become rows: for each field of the file, in its order, what to do with it. */
public final class AvroRecord {
    private static final int FLOAT = 4;
    private static final int DOUBLE = 8;
    private static final int LONGEST_ADDRESS = 45;

    /** What to do with a field of the file. */
    private sealed interface Step {
        record Value(FlowField field) implements Step {}

        record Match(int lane) implements Step {}

        record Address(boolean source) implements Step {}

        record Skip(Schema schema) implements Step {}
    }

    private final List<Step> steps;

    private AvroRecord(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /**
     * For a file's schema.
     *
     * @throws Damage when it lacks a field that every flow tuple has, or has one that can't be read
     */
    public static AvroRecord of(Schema schema, FingerprintCatalogue catalogue) throws Damage {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new Damage("its values are of type " + schema.getType().getName() + ", not records");
        }
        List<String> matches = FlowField.matches(catalogue);
        List<Step> steps = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            steps.add(step(field, matches));
        }
        for (FlowField field : FlowField.values()) {
            if (FlowValue.needed(field) && !steps.contains(new Step.Value(field))) {
                throw new Damage("its records have no field " + field.id());
            }
        }
        return new AvroRecord(steps);
    }

    private static Step step(Schema.Field field, List<String> matches) throws Damage {
        Schema.Type type = field.schema().getType();
        boolean number = type == Schema.Type.INT || type == Schema.Type.LONG;
        int lane = matches.indexOf(field.name());
        Optional<FlowField> known = Stream.of(FlowField.values())
                .filter(each -> each.id().equals(field.name()) && !each.parquetOnly() && FlowValue.taken(each))
                .findFirst();
        if (type == Schema.Type.STRING && field.name().equals(FlowField.SRC_IP6.id())) {
            return new Step.Address(true);
        }
        if (type == Schema.Type.STRING && field.name().equals(FlowField.DST_IP6.id())) {
            return new Step.Address(false);
        }
        if (number && lane >= 0) {
            return new Step.Match(lane);
        }
        if (known.isPresent()) {
            if (!number) {
                throw new Damage("its field " + field.name() + " is of type " + type.getName() + ", not int or long");
            }
            return new Step.Value(known.get());
        }
        if (!skippable(field.schema())) {
            throw new Damage(
                    "its field " + field.name() + " is of type " + type.getName() + ", which flow tuples don't have");
        }
        return new Step.Skip(field.schema());
    }

    private static boolean skippable(Schema schema) {
        return switch (schema.getType()) {
            case NULL, BOOLEAN, INT, LONG, FLOAT, DOUBLE, STRING, BYTES, FIXED, ENUM -> true;
            case UNION -> schema.getTypes().stream().allMatch(AvroRecord::skippable);
            case RECORD, ARRAY, MAP -> false;
        };
    }

    /** Reads the next record into a row. */
    public void read(AvroCursor values, FlowRow row) throws Damage {
        FlowValue.defaults(row);
        for (int i = 0; i < steps.size(); i++) {
            switch (steps.get(i)) {
                case Step.Value(FlowField field) -> FlowValue.set(row, field, values.number());
                case Step.Match(int lane) -> FlowValue.match(row, lane, values.number());
                case Step.Address(boolean source) -> address(values, source, row);
                case Step.Skip(Schema schema) -> skip(values, schema);
            }
        }
    }

    /** An empty text leaves the IPv4 address. */
    private static void address(AvroCursor values, boolean source, FlowRow row) throws Damage {
        long length = values.number();
        if (length == 0) {
            return;
        }
        if (length > LONGEST_ADDRESS) {
            throw new Damage("an IPv6 address is longer than " + LONGEST_ADDRESS + " characters");
        }
        String text = new String(values.take(length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
        IpAddress address = IpAddress.parse(text).orElseThrow(() -> new Damage("an IPv6 address can't be read"));
        if (source) {
            row.srcHi = address.hi();
            row.srcLo = address.lo();
        } else {
            row.dstHi = address.hi();
            row.dstLo = address.lo();
        }
    }

    private static void skip(AvroCursor values, Schema schema) throws Damage {
        switch (schema.getType()) {
            case NULL -> {}
            case BOOLEAN -> values.skip(1);
            case INT, LONG, ENUM -> values.number();
            case FLOAT -> values.skip(FLOAT);
            case DOUBLE -> values.skip(DOUBLE);
            case STRING, BYTES -> values.skip(values.number());
            case FIXED -> values.skip(schema.getFixedSize());
            case UNION -> {
                long branch = values.number();
                if (branch < 0 || branch >= schema.getTypes().size()) {
                    throw new Damage("a union has branch " + branch);
                }
                skip(values, schema.getTypes().get((int) branch));
            }
            case RECORD, ARRAY, MAP ->
                throw new IllegalStateException(schema.getType().name().toLowerCase(Locale.ROOT));
        }
    }
}
