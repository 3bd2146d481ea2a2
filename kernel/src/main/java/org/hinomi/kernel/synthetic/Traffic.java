package org.hinomi.kernel.synthetic;

import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.kernel.packet.LinkType;

/**
 * Made-up traffic of a darknet, packet by packet in order of time, to be pulled: {@link #nextNanos()} tells when the
 * next packet comes, {@link #emit} makes it. Times are whole microseconds. Nothing is allocated a packet; memory is a
 * few bytes a source. Not thread-safe.
 */
public final class Traffic {
    private static final int SLOTS = 1440;
    private static final double HOUR_NANOS = 3600e9;
    private static final double DAY_HOURS = 24;
    private static final Family[] FAMILIES = Family.values();

    private final TrafficPlan plan;
    private final Cast cast;
    private final DarkAddresses dark;
    private final SplitMix random;
    private final Sender sender;
    private final Frame frame = new Frame();
    private final Alias streams;
    private final double[] weights;
    private final int[] attackOfStream;
    private final double attackScale;
    private final double[] totals = new double[SLOTS + 1];
    private final int[] sent;
    private final long[] marks = new long[Mark.values().length];
    private int slot = -1;
    private long inSlot;
    private long slotPackets;
    private long emitted;
    private long nextNanos;

    /** The traffic of a plan, from its first packet. */
    public Traffic(TrafficPlan plan) {
        this.plan = plan;
        dark = new DarkAddresses(plan.darknet());
        cast = new Cast(plan, dark);
        random =
                new SplitMix(SplitMix.of(SplitMix.of(plan.seed(), plan.profile().ordinal()), plan.startNanos()));
        sender = new Sender(plan.seed(), dark);
        int most = FAMILIES.length + cast.attacks.size();
        streams = new Alias(most);
        weights = new double[most];
        attackOfStream = new int[most];
        sent = new int[cast.sources()];
        double attackWeight = 0;
        for (Attack attack : cast.attacks) {
            attackWeight += attack.weightWithin(0, 1);
        }
        attackScale = attackWeight == 0 ? 0 : plan.profile().backscatter * SLOTS / attackWeight;
        for (int s = 0; s < SLOTS; s++) {
            int count = weigh(s);
            double sum = 0;
            for (int i = 0; i < count; i++) {
                sum += weights[i];
            }
            totals[s + 1] = totals[s] + sum;
        }
        advance();
    }

    /** Sets the weights of the streams of a slot: families, then the attacks that are on; how many they are. */
    private int weigh(int at) {
        double middle = (at + 0.5) / SLOTS;
        double hour = (plan.startNanos() + middle * plan.durationNanos()) / HOUR_NANOS % DAY_HOURS;
        for (int f = 0; f < FAMILIES.length; f++) {
            weights[f] = cast.weights[f] == 0 ? 0 : cast.weights[f] * FAMILIES[f].rhythm.at(hour, middle);
        }
        int count = FAMILIES.length;
        for (int a = 0; a < cast.attacks.size(); a++) {
            double weight = cast.attacks.get(a).weightWithin((double) at / SLOTS, (at + 1.0) / SLOTS);
            if (weight > 0) {
                weights[count] = weight * attackScale;
                attackOfStream[count] = a;
                count++;
            }
        }
        return count;
    }

    /** Finds the time of the next packet. */
    private void advance() {
        if (emitted == plan.packets()) {
            nextNanos = Long.MAX_VALUE;
            return;
        }
        while (inSlot == slotPackets) {
            slot++;
            slotPackets = packetsBefore(slot + 1) - packetsBefore(slot);
            inSlot = 0;
            if (slotPackets > 0) {
                streams.set(weights, weigh(slot));
            }
        }
        double part = (slot + (inSlot + random.unit()) / slotPackets) / SLOTS;
        long nanos = plan.startNanos() + (long) (part * plan.durationNanos());
        nextNanos = nanos - nanos % 1000;
    }

    private long packetsBefore(int at) {
        return at == SLOTS ? plan.packets() : (long) (totals[at] / totals[SLOTS] * plan.packets());
    }

    /** Whether there is another packet. */
    public boolean hasNext() {
        return emitted < plan.packets();
    }

    /** When the next packet comes, nanoseconds since 1970-01-01 UTC; {@link Long#MAX_VALUE} when there is none. */
    public long nextNanos() {
        return nextNanos;
    }

    /** How many packets were made. */
    public long emitted() {
        return emitted;
    }

    /** Makes the next packet, an Ethernet frame, and gives it to a sink. */
    public void emit(FrameSink sink) {
        if (emitted == plan.packets()) {
            throw new IllegalStateException("all packets were made");
        }
        int stream = streams.next(random);
        Mark mark = stream < FAMILIES.length ? ofFamily(FAMILIES[stream]) : ofAttack(attackOfStream[stream]);
        marks[mark.ordinal()]++;
        int length = frame.finish();
        long nanos = nextNanos;
        emitted++;
        inSlot++;
        advance();
        sink.frame(nanos, frame.bytes(), 0, length, length, LinkType.ETHERNET);
    }

    private Mark ofFamily(Family family) {
        int inFamily = cast.draw(family, random);
        int source = cast.first(family) + inFamily;
        sender.number = cast.numberOfMix(family, inFamily);
        sender.traits = cast.traits(source);
        sender.sent = sent[source]++;
        if (!family.ipv6()) {
            sender.address = cast.v4(family.mix, sender.number);
            sender.target = dark.v4(random);
        }
        return family.behaviour.write(frame, sender, random);
    }

    private Mark ofAttack(int attack) {
        int source = cast.victim(attack);
        sender.number = cast.attacks.get(attack).number();
        sender.traits = cast.traits(source);
        sender.sent = sent[source]++;
        sender.address = cast.v4(Mix.VICTIMS, sender.number);
        sender.target = dark.v4(random);
        return Backscatter.write(frame, sender, cast.attacks.get(attack), random);
    }

    /** Makes all packets that are left. */
    public void emitAll(FrameSink sink) {
        while (hasNext()) {
            emit(sink);
        }
    }

    /** What was made so far. */
    public Truth truth() {
        return new Truth(cast, sent.clone(), marks.clone());
    }
}
