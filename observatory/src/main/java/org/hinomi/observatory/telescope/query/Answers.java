package org.hinomi.observatory.telescope.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.research.ResearchMatch;
import org.jspecify.annotations.Nullable;

/** What questions are answered with. Components are the JSON keys, in snake case. */
public final class Answers {
    private Answers() {}

    /**
     * How much of the question an answer covers.
     *
     * @param range the time that was really looked at
     * @param partial whether something of the question is missing
     * @param partialReason what, as a sentence
     */
    public record Coverage(
            TimeRange range, boolean partial, @Nullable String partialReason) {}

    /** Packets and sources, each for all of a time. */
    public record Before(long packets, @Nullable Long sources) {}

    /**
     * Sums.
     *
     * @param perAddress packets per observed dark address; null when their number is not known
     */
    public record Summary(
            TimeRange range,
            boolean partial,
            @Nullable String partialReason,
            boolean redacted,
            long packets,
            @Nullable Long sources,
            @Nullable Long destinations,
            long flowTuples,
            @Nullable Double iotShare,
            @Nullable Double perAddress,
            Map<String, Long> classes,
            Map<String, Long> kinds,
            @Nullable Before previous) {}

    /**
     * Figures over time.
     *
     * @param step seconds
     * @param times starts of the steps, seconds since 1970-01-01 UTC
     */
    public record Timeline(
            TimeRange range,
            boolean partial,
            @Nullable String partialReason,
            boolean redacted,
            long step,
            List<Long> times,
            List<Series> series,
            List<Gap> gaps) {}

    /**
     * One line of a timeline.
     *
     * @param packets by step; null where nothing was observed
     * @param sources by step, for the line of all packets only
     */
    public record Series(
            String key,
            List<@Nullable Long> packets,
            @Nullable List<@Nullable Long> sources) {}

    /** A time when a sensor did not observe. */
    public record Gap(Instant from, Instant to, String sensor, String reason) {}

    /** A list, most packets first. */
    public record Top<T>(
            TimeRange range,
            boolean partial,
            @Nullable String partialReason,
            boolean redacted,
            List<T> items,
            @Nullable String next) {}

    /** A destination port. */
    public record Port(
            String protocol,
            int port,
            @Nullable String service,
            boolean iot,
            long packets,
            @Nullable Long sources,
            @Nullable Double share) {}

    /** A country of sources. */
    public record Country(
            String country,
            long packets,
            @Nullable Long sources,
            @Nullable Double share) {}

    /** An autonomous system of sources. */
    public record Network(
            long asn,
            @Nullable String name,
            long packets,
            @Nullable Long sources,
            @Nullable Double share) {}

    /** A family of tools. */
    public record FamilyRow(
            String family,
            long packets,
            @Nullable Long sources,
            @Nullable Double share) {}

    /** A source. */
    public record Source(
            String address,
            @Nullable String country,
            @Nullable String city,
            @Nullable Long asn,
            @Nullable String organisation,
            long packets,
            long ports,
            List<String> families,
            Instant first,
            Instant last) {}

    /** A family that a host was seen to use. */
    public record HostFamily(String name, long packets, long matched, boolean certain) {}

    /** Packets over time. */
    public record Pulse(long step, List<Long> times, List<Long> packets) {}

    /** A sentence in both languages. */
    public record Verdict(String en, String ja) {}

    /** All about one source. */
    public record Host(
            TimeRange range,
            boolean partial,
            @Nullable String partialReason,
            boolean redacted,
            String address,
            @Nullable String country,
            @Nullable String city,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable Long asn,
            @Nullable String organisation,
            @Nullable Instant first,
            @Nullable Instant last,
            long packets,
            long destinations,
            Map<String, Long> classes,
            Map<String, Long> kinds,
            List<HostFamily> families,
            List<Port> ports,
            List<String> sensors,
            Pulse timeline,
            Verdict verdict,
            @Nullable HostResearcher researcher) {}

    /** Whose research scanner a host is, as far as the operator's list knows now. */
    public record HostResearcher(String name, String reference, String matchedBy) {
        static @Nullable HostResearcher of(@Nullable ResearchMatch match) {
            return match == null
                    ? null
                    : new HostResearcher(
                            match.researcher().name(), match.researcher().reference(), match.matchedBy());
        }
    }

    /** Something that flew at a time. */
    public record Arc(
            @Nullable String cc,
            double lat,
            double lon,
            int c,
            int p,
            int proto,
            long packets,
            String s,
            @Nullable Long asn,
            @Nullable String org,
            @Nullable String f,
            String sensor) {}

    /** What flew at a time. */
    public record Sky(
            TimeRange range,
            boolean partial,
            @Nullable String partialReason,
            boolean redacted,
            List<Arc> arcs,
            long total) {}

    /** A place that a search leads to. */
    public record Hit(String kind, String label, String to) {}

    /** What a search found. */
    public record Found(List<Hit> items, @Nullable String detail) {}
}
