package org.hinomi.kernel.campaign;

/** How far apart things are that have numbers from 0. */
@FunctionalInterface
interface Distances {
    /** The distance of two; not negative, the same both ways. */
    double between(int one, int other);
}
