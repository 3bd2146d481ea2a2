package org.hinomi.observatory.telescope.remote;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.datasketches.common.SketchesArgumentException;
import org.apache.datasketches.hll.HllSketch;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.observatory.telescope.batch.Frame;
import org.hinomi.observatory.telescope.live.LivePacket;
import org.hinomi.observatory.telescope.live.LiveTap;
import org.hinomi.observatory.telescope.live.Tap;
import org.hinomi.wire.batch.BatchReader;
import org.hinomi.wire.batch.Refusal;
import org.hinomi.wire.batch.RefusedException;

/** What the live map gets of a sensor apart from the tower, from the frames that it sends. */
final class RemoteTap implements Tap {
    private static final long NANOS = 1_000_000_000L;
    private static final byte[] NO_SOURCES = new HllSketch(12).toCompactByteArray();

    private final List<LivePacket> packets = new ArrayList<>();
    private long seen;
    private Counts counts =
            new Counts(Long.MAX_VALUE, Long.MIN_VALUE, 0, new long[PacketClass.count()], NO_SOURCES, 0, 0);

    /**
     * Takes a frame; counts of a day that is still to come, by a wrong clock, are left out.
     *
     * @throws RefusedException when it holds what can't be
     */
    void frame(Frame frame, Instant now) {
        if (frame.packets().size() > Frame.MOST_PACKETS || frame.first().size() > Frame.MOST_PACKETS) {
            throw new RefusedException(
                    Refusal.TOO_LARGE, "A frame holds at most " + Frame.MOST_PACKETS + " packets of each kind.");
        }
        List<LivePacket> fresh = new ArrayList<>();
        frame.first().forEach(packet -> fresh.add(packet(packet)));
        frame.packets().forEach(packet -> fresh.add(packet(packet)));
        Counts day = frame.day() == null ? null : counts(frame.day());
        boolean future = day != null && day.lastNanos() / NANOS > now.getEpochSecond() + BatchReader.AHEAD_SECONDS;
        synchronized (this) {
            counts = day == null || future ? counts : day;
            seen += Math.clamp(frame.seen(), 0, Integer.MAX_VALUE);
            for (LivePacket packet : fresh.subList(0, Math.min(fresh.size(), LiveTap.SAMPLE - packets.size()))) {
                packets.add(packet);
            }
        }
    }

    private static LivePacket packet(Frame.Flying packet) {
        IpAddress source = IpAddress.parse(String.valueOf(packet.s()))
                .orElseThrow(() -> new RefusedException(Refusal.OUT_OF_BOUNDS, "A source is no address."));
        boolean possible = packet.c() >= 0
                && packet.c() < PacketClass.count()
                && packet.o() >>> 8 == 0
                && packet.p() >>> 16 == 0
                && packet.t() >= 0;
        if (!possible) {
            throw new RefusedException(Refusal.OUT_OF_BOUNDS, "A packet has values that no packet has.");
        }
        return new LivePacket(packet.t(), source.hi(), source.lo(), packet.c(), packet.o(), packet.p(), packet.m());
    }

    private static Counts counts(Frame.Day day) {
        try {
            if (day.classes() == null
                    || day.classes().length != PacketClass.count()
                    || day.sources() == null
                    || HllSketch.heapify(day.sources()).getLgConfigK() != 12) {
                throw new RefusedException(Refusal.OUT_OF_BOUNDS, "The day's counts are not complete.");
            }
        } catch (SketchesArgumentException e) {
            throw new RefusedException(Refusal.DAMAGED, "The sketch of the day's sources is damaged.");
        }
        return new Counts(
                day.firstNanos(),
                day.lastNanos(),
                day.total(),
                day.classes(),
                day.sources(),
                day.synOrUdp(),
                day.toIotPorts());
    }

    @Override
    public synchronized Drawn drain() {
        Drawn drawn = new Drawn(seen, List.copyOf(packets));
        packets.clear();
        seen = 0;
        return drawn;
    }

    @Override
    public synchronized Counts counts() {
        return counts;
    }
}
