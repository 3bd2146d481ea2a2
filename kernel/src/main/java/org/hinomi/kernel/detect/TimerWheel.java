package org.hinomi.kernel.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Which cells are to be woken when. A cell lies in one slot that is not after its wake-up time; found there too early
 * (its time was put off) it is put into the right one, so that putting off costs nothing.
 *
 * @param <S> the state of a key
 */
final class TimerWheel<S extends KeyState> {
    private static final int GRAIN = 60;

    private final TreeMap<Long, List<CellEntry<S>>> slots = new TreeMap<>();

    /** Makes sure that a cell is found when it is due. */
    void schedule(CellEntry<S> entry) {
        long wake = entry.cell.wake();
        if (wake == Context.NEVER || entry.slot <= wake) {
            return;
        }
        entry.slot = Math.floorDiv(wake, GRAIN) * GRAIN;
        slots.computeIfAbsent(entry.slot, slot -> new ArrayList<>()).add(entry);
    }

    /** Takes out the cells that are due by a watermark, which is a whole minute; earliest slot first. */
    List<CellEntry<S>> due(long watermark) {
        List<CellEntry<S>> due = new ArrayList<>();
        while (!slots.isEmpty() && slots.firstKey() <= watermark) {
            var slot = slots.pollFirstEntry();
            for (CellEntry<S> entry : slot.getValue()) {
                if (entry.gone || entry.slot != slot.getKey()) {
                    continue;
                }
                entry.slot = Context.NEVER;
                if (entry.cell.wake() <= watermark) {
                    due.add(entry);
                } else {
                    schedule(entry, watermark);
                }
            }
        }
        return due;
    }

    private void schedule(CellEntry<S> entry, long after) {
        if (entry.cell.wake() != Context.NEVER) {
            entry.slot = Math.max(Math.floorDiv(entry.cell.wake(), GRAIN) * GRAIN, after + GRAIN);
            slots.computeIfAbsent(entry.slot, slot -> new ArrayList<>()).add(entry);
        }
    }

    /** The earliest time at which something may be due; {@link Context#NEVER} when nothing is. */
    long next() {
        return slots.isEmpty() ? Context.NEVER : slots.firstKey();
    }
}
