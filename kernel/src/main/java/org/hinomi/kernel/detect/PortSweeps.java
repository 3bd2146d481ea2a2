package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.AddressText;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.research.ResearchMatch;
import org.jspecify.annotations.Nullable;

/**
 * Sources that try many ports: the third kind of aggressive scanner of Kallitsis et al. (arXiv 2305.07193), counted by
 * UTC day as there. A scan event needs several addresses for one port, so that who asks few addresses for everything
 * is seen only here.
 */
public final class PortSweeps implements Detector<SweepState> {
    private static final int DAY = 86_400;

    private final Settings settings;
    private final long leastPorts;
    private final long quiet;
    private final long report;

    /**
     * The detector.
     *
     * @param given parameters that are not standard, by name
     * @throws IllegalArgumentException when a parameter can't be
     */
    public PortSweeps(Map<String, Long> given) {
        this.settings = Settings.of(SweepDeclaration.DECLARATION.parameters(), given);
        this.leastPorts = settings.of(SweepDeclaration.PORTS.name());
        this.quiet = settings.of(SweepDeclaration.QUIET.name());
        this.report = settings.of(SweepDeclaration.REPORT.name());
    }

    @Override
    public Declaration declaration() {
        return SweepDeclaration.DECLARATION;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public boolean wants(FlowRow row, Reference reference) {
        return (row.protocol == IpProtocol.TCP || row.protocol == IpProtocol.UDP) && row.kind() == Kind.SCAN.ordinal();
    }

    @Override
    public SweepState create() {
        return new SweepState();
    }

    @Override
    public SweepState read(DataInput in) throws IOException {
        return SweepState.read(in);
    }

    @Override
    public void onFlow(FlowRow row, SweepState state, Context context) {
        state.add(row);
        context.wakeAt(next(state));
    }

    /** When it is over unless there is another packet. */
    private long over(SweepState state) {
        return Math.min(state.end() + quiet, Math.floorDiv(state.first, DAY) * DAY + DAY);
    }

    /** When something is to be done about the sweep. */
    private long next(SweepState state) {
        long over = over(state);
        if (!state.changed || state.revision == 0 && !state.mayReach(leastPorts)) {
            return over;
        }
        return Math.min(over, state.revision == 0 ? state.end() : Math.max(state.reported + report, state.end()));
    }

    @Override
    public void onTimer(SweepState state, Context context) {
        if (state.isEmpty()) {
            return;
        }
        if (over(state) <= context.time()) {
            leave(state, context, false);
            return;
        }
        if (state.changed && next(state) <= context.time()) {
            if (state.revision > 0 || state.ports() >= leastPorts) {
                tell(state, context, false, false);
            }
            state.changed = false;
        }
        context.wakeAt(next(state));
    }

    @Override
    public void onEvict(SweepState state, Context context) {
        leave(state, context, true);
    }

    private void leave(SweepState state, Context context, boolean cut) {
        if (state.revision > 0 || !state.isEmpty() && state.mayReach(leastPorts) && state.ports() >= leastPorts) {
            tell(state, context, true, cut);
        }
        state.clear();
    }

    private void tell(SweepState state, Context context, boolean ended, boolean cut) {
        String source = AddressText.format(context.hi(), context.lo());
        state.reported = context.time();
        context.emit(new Detection(
                Detection.idOf(SweepDeclaration.DECLARATION.id(), context.stream(), source, state.first),
                state.revision++,
                SweepDeclaration.DECLARATION.id(),
                SweepDeclaration.DECLARATION.version(),
                context.stream(),
                source,
                state.first,
                state.end(),
                context.time(),
                ended,
                fields(state, source, cut, context.researcher())));
    }

    private static List<Detection.Field> fields(
            SweepState state, String source, boolean cut, @Nullable ResearchMatch match) {
        PacketClass traffic = state.mostlyUdp() ? PacketClass.UDP : PacketClass.TCP_SYN;
        DetectionFields fields = new DetectionFields()
                .text("source", source)
                .text("traffic", traffic.id())
                .text("kind", Kind.SCAN.id())
                .whole("port", 0)
                .whole("packets", state.packets)
                .whole("distinct_ports", state.ports())
                .whole("destinations", state.destinations())
                .text("shape", shape(state.ports(), state.destinations()))
                .flag("cut", cut);
        return ResearchFields.add(fields, match).list();
    }

    private static String shape(long ports, long destinations) {
        if (ports >= 2 * destinations) {
            return "vertical";
        }
        return destinations >= 2 * ports ? "horizontal" : "both";
    }
}
