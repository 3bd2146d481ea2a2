package org.hinomi.kernel.synthetic;

/** In what proportions countries take part: a column of {@link PublicBlocks}. */
enum Mix {
    /** Infected devices at home. */
    BOTS,
    /** Rented servers that scan. */
    HOSTS,
    /** Victims of denial of service. */
    VICTIMS
}
