package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.AddressText;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.Kind;

/**
 * Victims of floods with forged sources (Moore et al., 2001): who is attacked so answers to addresses all over, and a
 * part of the answers reaches dark ones. Thresholds are those of Corsaro's RSDoS: 25 packets, a minute long, 30 packets
 * in its busiest minute, over after 300 s. Flow tuples know the minute of a packet, not its second: an attack of at
 * least a minute is one that reaches over two of them, and the busiest minute is one of the clock.
 */
public final class BackscatterAttacks implements Detector<AttackState> {
    private static final double IPV4_ADDRESSES = 4_294_967_296.0;
    private static final int MINUTE = 60;

    private final Settings settings;
    private final long quiet;
    private final long leastPackets;
    private final long leastSeconds;
    private final long leastPeak;
    private final long report;

    /**
     * The detector.
     *
     * @param given parameters that are not standard, by name
     * @throws IllegalArgumentException when a parameter can't be
     */
    public BackscatterAttacks(Map<String, Long> given) {
        this.settings = Settings.of(AttackDeclaration.DECLARATION.parameters(), given);
        this.quiet = settings.of(AttackDeclaration.QUIET.name());
        this.leastPackets = settings.of(AttackDeclaration.PACKETS.name());
        this.leastSeconds = settings.of(AttackDeclaration.MINUTES.name()) * MINUTE;
        this.leastPeak = settings.of(AttackDeclaration.PEAK.name());
        this.report = settings.of(AttackDeclaration.REPORT.name());
    }

    @Override
    public Declaration declaration() {
        return AttackDeclaration.DECLARATION;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public boolean wants(FlowRow row, Reference reference) {
        return row.kind() == Kind.BACKSCATTER.ordinal();
    }

    @Override
    public AttackState create() {
        return new AttackState();
    }

    @Override
    public AttackState read(DataInput in) throws IOException {
        return AttackState.read(in);
    }

    @Override
    public void onFlow(FlowRow row, AttackState state, Context context) {
        state.add(row);
        context.wakeAt(next(state));
    }

    /** When something is to be done about the attack. */
    private long next(AttackState state) {
        long end = state.end() + quiet;
        if (!state.changed || state.revision == 0 && !isAttack(state)) {
            return end;
        }
        return state.revision == 0 ? state.end() : Math.min(end, Math.max(state.reported + report, state.end()));
    }

    private boolean isAttack(AttackState state) {
        return state.packets >= leastPackets && state.end() - state.first >= leastSeconds && state.peak() >= leastPeak;
    }

    @Override
    public void onTimer(AttackState state, Context context) {
        if (state.isEmpty()) {
            return;
        }
        if (state.end() + quiet <= context.time()) {
            leave(state, context, false);
            return;
        }
        if (state.changed && next(state) <= context.time()) {
            tell(state, context, false, false);
            state.changed = false;
        }
        context.wakeAt(next(state));
    }

    @Override
    public void onEvict(AttackState state, Context context) {
        leave(state, context, true);
    }

    private void leave(AttackState state, Context context, boolean cut) {
        if (state.revision > 0 || !state.isEmpty() && isAttack(state)) {
            tell(state, context, true, cut);
        }
        state.clear();
    }

    private void tell(AttackState state, Context context, boolean ended, boolean cut) {
        String victim = AddressText.format(context.hi(), context.lo());
        state.reported = context.time();
        context.emit(new Detection(
                Detection.idOf(AttackDeclaration.DECLARATION.id(), context.stream(), victim, state.first),
                state.revision++,
                AttackDeclaration.DECLARATION.id(),
                AttackDeclaration.DECLARATION.version(),
                context.stream(),
                victim,
                state.first,
                state.end(),
                context.time(),
                ended,
                fields(state, victim, context, cut)));
    }

    private static List<Detection.Field> fields(AttackState state, String victim, Context context, boolean cut) {
        long dark = IpAddress.isV4(context.hi(), context.lo()) ? context.darkAddresses() : 0;
        DetectionFields fields = new DetectionFields()
                .text("source", victim)
                .text("traffic", state.traffic().id())
                .text("kind", Kind.BACKSCATTER.id())
                .whole("port", state.ports().foremost())
                .text("attack", state.answer().id())
                .counts("ports", state.ports().counts())
                .whole("packets", state.packets)
                .whole("bytes", state.bytes)
                .whole("destinations", dark > 0 ? Math.min(dark, state.destinations()) : state.destinations())
                .whole("minutes", state.minutes)
                .whole("peak", state.peak());
        if (dark > 0) {
            fields.whole("rate", Math.round(state.peak() * (IPV4_ADDRESSES / dark) / MINUTE))
                    .whole("rate_error", Math.round(100 / Math.sqrt(state.peak())))
                    .whole("dark_addresses", dark);
        }
        return fields.flag("cut", cut).list();
    }
}
