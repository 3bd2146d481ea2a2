package org.hinomi.kernel.campaign;

import java.time.LocalDate;
import java.util.List;

/**
 * A campaign: a group of sources that behave alike over days, under one id.
 *
 * @param id made of the day it was born and what it did then: 16 hexadecimal digits, the same whenever the same days
 *     are worked through
 * @param name for people, of the port, the tool and a word from a list; does not change
 * @param first the day it was born, UTC
 * @param last the last day it was seen, UTC
 * @param state the newest change
 * @param days days on which it was seen
 * @param peak the most members on a day
 * @param total different members so far
 * @param parents ids of the campaigns it came out of by a split
 * @param into id of the campaign it went into by a merge; empty when it did not
 */
public record Campaign(
        String id,
        String name,
        LocalDate first,
        LocalDate last,
        Change state,
        int days,
        int peak,
        int total,
        List<String> parents,
        String into) {
    /** Holds a copy of the parents. */
    public Campaign {
        parents = List.copyOf(parents);
    }
}
