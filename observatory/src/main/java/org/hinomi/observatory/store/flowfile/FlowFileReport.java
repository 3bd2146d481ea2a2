package org.hinomi.observatory.store.flowfile;

import java.util.List;

/**
 * How the reading of a flow tuple file ended.
 *
 * @param tuples how many flow tuples were read
 * @param warnings sentences about what could not be read or the file can't tell; empty for a sound and full file
 */
public record FlowFileReport(long tuples, List<String> warnings) {}
