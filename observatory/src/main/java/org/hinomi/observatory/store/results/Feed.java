package org.hinomi.observatory.store.results;

/** Takes one table of results into a store of the tower. Used by one thread. */
public interface Feed {
    /** The table. */
    ResultsTable table();

    /**
     * Up to which change it is stored; 0 for none of it.
     *
     * @param source what tells the table from others, see {@link ResultsReader#identity}
     */
    long offset(String source);

    /**
     * Reads the next page and stores it together with how far it reaches, wholly or not at all.
     *
     * @param after the change that it goes on behind
     * @param upTo the last change that may be read
     */
    Taken take(ResultsReader database, String source, long after, long upTo);

    /** Begins anew: from now on nothing of it counts as read, though what was stored stays. */
    void restart(String source);

    /**
     * What became of a page.
     *
     * @param rows how many rows it had; 0 when there are no more
     * @param offset up to which change it is stored now
     */
    record Taken(int rows, long offset) {}
}
