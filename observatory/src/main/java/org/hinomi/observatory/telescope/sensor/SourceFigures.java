package org.hinomi.observatory.telescope.sensor;

import java.util.Map;
import java.util.Optional;

/**
 * What a source tells of itself.
 *
 * @param kernelDropped packets that the kernel dropped because nobody took them in time
 * @param ringFull how often a ring was full
 * @param damaged blocks, records or files that could not be read to their end
 * @param clock whose time packets have: {@code hardware} or {@code kernel}; empty when it can't be told
 * @param files of a directory, how many files are in which state
 */
public record SourceFigures(
        long kernelDropped, long ringFull, long damaged, Optional<String> clock, Optional<Map<String, Long>> files) {}
