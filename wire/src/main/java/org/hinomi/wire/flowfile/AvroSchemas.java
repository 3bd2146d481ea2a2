package org.hinomi.wire.flowfile;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;

/** The Avro schemas of flow tuples. */
public final class AvroSchemas {
    private static final String DOC = "A Corsaro FlowTuple record. All byte fields are in network byte order.";

    private AvroSchemas() {}

    /** Corsaro's fields, as it declares them. */
    public static Schema corsaro() {
        return corsaroFields().endRecord();
    }

    /** Corsaro's fields, then ours, each with a default. */
    public static Schema hinomi(FingerprintCatalogue catalogue) {
        return hinomiFields(catalogue).endRecord();
    }

    private static SchemaBuilder.FieldAssembler<Schema> hinomiFields(FingerprintCatalogue catalogue) {
        SchemaBuilder.FieldAssembler<Schema> fields = corsaroFields();
        for (FlowField field : FlowField.values()) {
            if (!field.corsaro() && !field.parquetOnly()) {
                fields = withDefault(fields, field);
            }
        }
        for (String name : FlowField.matches(catalogue)) {
            fields = fields.name(name).type().intType().intDefault(0);
        }
        return fields;
    }

    /** The same with the addresses of IPv6 after them: what sensors send to a tower. */
    public static Schema batch(FingerprintCatalogue catalogue) {
        SchemaBuilder.FieldAssembler<Schema> fields = hinomiFields(catalogue);
        for (FlowField field : FlowField.values()) {
            if (field.parquetOnly()) {
                fields = withDefault(fields, field);
            }
        }
        return fields.endRecord();
    }

    private static SchemaBuilder.FieldAssembler<Schema> corsaroFields() {
        SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("flowtuple")
                .namespace("org.caida.corsaro")
                .doc(DOC)
                .fields();
        for (FlowField field : FlowField.values()) {
            if (field.corsaro()) {
                fields = switch (field.type) {
                    case INT -> fields.requiredInt(field.id());
                    case LONG -> fields.requiredLong(field.id());
                    case STRING -> fields.requiredString(field.id());
                };
            }
        }
        return fields;
    }

    private static SchemaBuilder.FieldAssembler<Schema> withDefault(
            SchemaBuilder.FieldAssembler<Schema> fields, FlowField field) {
        boolean first = field == FlowField.FIRST_SEQ || field == FlowField.FIRST_IP_ID;
        return switch (field.type) {
            case INT -> fields.name(field.id()).type().intType().intDefault(first ? -1 : 0);
            case LONG -> fields.name(field.id()).type().longType().longDefault(first ? -1 : 0);
            case STRING -> fields.name(field.id()).type().stringType().stringDefault("");
        };
    }
}
