package org.hinomi.kernel.campaign;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

/** Campaigns over days. */
public final class Campaigns {
    /** No days yet. */
    public Campaigns(CampaignSettings settings) {}

    /**
     * Groups the sources of the window that ends with a day.
     *
     * @param day the day, UTC; later than all before
     * @param sources what the sources did on it, each address once
     * @throws IllegalArgumentException if the day is not later than the one before
     */
    public CampaignReport apply(LocalDate day, List<SourceDay> sources) {
        return new CampaignReport(day, List.of(), List.of(), sources.size(), sources.size(), 0, 0);
    }

    /** Writes all that is remembered. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(1);
    }

    /** Reads what {@link #write} wrote. */
    public static Campaigns read(DataInput in, CampaignSettings settings) throws IOException {
        in.readInt();
        return new Campaigns(settings);
    }
}
