package org.hinomi.observatory.geo;

/** Is told how the fetching and converting of geolocation data goes. */
public interface SetupListener {
    /** A step begins; a sentence for a person. */
    void step(String sentence);

    /** How much of the step is done. */
    void progress(long done, long total);
}
