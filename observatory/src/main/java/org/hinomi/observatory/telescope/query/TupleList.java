package org.hinomi.observatory.telescope.query;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.observatory.store.flowfile.FlowFileWriter;
import org.hinomi.observatory.store.flowfile.FlowFormat;
import org.hinomi.observatory.store.warehouse.Tagged;
import org.hinomi.observatory.telescope.query.Answers.Coverage;
import org.hinomi.observatory.telescope.query.TupleQueries.Scanned;
import org.hinomi.observatory.web.Caller;

/** Flow tuples as rows, with dark addresses as the reader may see them. */
final class TupleList {
    private static final int MOST_EXPORTED = 1_000_000;

    private final TupleQueries tuples;
    private final Labels labels;
    private final DarkAddresses darkAddresses;
    private final FingerprintCatalogue catalogue;
    private final Origin origin;

    TupleList(
            TupleQueries tuples,
            Labels labels,
            DarkAddresses darkAddresses,
            FingerprintCatalogue catalogue,
            Origin origin) {
        this.tuples = tuples;
        this.labels = labels;
        this.darkAddresses = darkAddresses;
        this.catalogue = catalogue;
        this.origin = origin;
    }

    Answers.Top<TupleRow> page(Filter filter, Page page, Caller caller) {
        List<TupleRow> rows = new ArrayList<>();
        Scanned<Boolean> scanned =
                each(filter, page.limit() + 1, page.offset(), tagged -> rows.add(row(tagged, caller)));
        Coverage coverage = Figures.coverage(scanned.plan());
        return new Answers.Top<>(
                coverage.range(),
                coverage.partial(),
                coverage.partialReason(),
                !darkAddresses.clear(caller),
                rows.stream().limit(page.limit()).toList(),
                page.next(rows.size()));
    }

    /** Writes at most a million rows as CSV (RFC 4180). */
    void csv(Filter filter, Caller caller, OutputStream out) throws IOException {
        out.write(TupleRow.CSV_HEADER.getBytes(StandardCharsets.US_ASCII));
        try {
            each(filter, MOST_EXPORTED, 0, tagged -> {
                try {
                    out.write(row(tagged, caller).csv().getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Writes at most a million rows as Parquet. */
    void parquet(Filter filter, Caller caller, OutputStream out) throws IOException {
        Path folder = Files.createTempDirectory("hinomi-export");
        Path file = folder.resolve("flowtuples.parquet");
        try (FlowFileWriter writer = FlowFileWriter.create(
                file, new FlowFormat.Parquet(), catalogue, origin, String.join(" ", filter.sensors()))) {
            each(filter, MOST_EXPORTED, 0, tagged -> {
                redact(tagged.tuple, caller);
                writer.tuple(tagged.tuple);
            });
            writer.finish();
            Files.copy(file, out);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private void redact(FlowRow row, Caller caller) {
        if (!darkAddresses.clear(caller)) {
            IpAddress seen = darkAddresses
                    .seenBy(caller, new IpAddress(row.dstHi, row.dstLo))
                    .orElse(IpAddress.v4(0));
            row.dstHi = seen.hi();
            row.dstLo = seen.lo();
            row.firstSeq = -1;
            row.firstIpId = -1;
        }
    }

    private Scanned<Boolean> each(Filter filter, int limit, int offset, Consumer<Tagged> consumer) {
        return tuples.scan(filter, (snapshot, plan) -> {
            Where where = Where.tuples(plan.filter());
            snapshot.tuples(
                    "FROM " + plan.table() + where.sql()
                            + " ORDER BY time DESC, src_hi, src_lo, dst_port, src_port, ttl, ip_len LIMIT "
                            + limit + " OFFSET " + offset,
                    where.values(),
                    consumer);
            return true;
        });
    }

    private TupleRow row(Tagged tagged, Caller caller) {
        FlowRow row = tagged.tuple;
        boolean clear = darkAddresses.clear(caller);
        return new TupleRow(
                row.time,
                tagged.sensor,
                new IpAddress(row.srcHi, row.srcLo).toString(),
                darkAddresses
                        .seenBy(caller, new IpAddress(row.dstHi, row.dstLo))
                        .map(IpAddress::toString)
                        .orElse(null),
                row.srcPort,
                row.dstPort,
                row.protocol,
                row.ttl,
                row.tcpFlags,
                row.ipLen,
                row.tcpSynLen,
                row.tcpSynWinLen,
                row.packetCnt,
                tagged.country,
                tagged.asn,
                TupleRow.className(row),
                TupleRow.kindName(row),
                clear && row.firstSeq >= 0 ? row.firstSeq : null,
                clear && row.firstIpId >= 0 ? row.firstIpId : null,
                labels.families(row.matchedRules));
    }
}
