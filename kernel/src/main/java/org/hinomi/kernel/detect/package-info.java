/**
 * Detectors: pure classes that turn flow tuples into detections, and what runs them.
 *
 * <p>A {@link org.hinomi.kernel.detect.Detector} sees the tuples of one key (a source, a port, ...) minute by minute,
 * keeps one state a key and asks to be woken. A {@link org.hinomi.kernel.detect.DetectorRuntime} is the one piece of
 * code that calls it. Around it are two runners: {@link org.hinomi.kernel.detect.KeyedEngine} holds all keys of a
 * partition in plain maps; a stream processor keeps one {@link org.hinomi.kernel.detect.KeyedCell} as the state of each
 * key. So that both find the same:
 *
 * <ul>
 *   <li><b>Streams.</b> A stream is a sensor or a recording, with its own event time. A key is (stream, two 64-bit
 *       halves by {@link org.hinomi.kernel.detect.KeyStage}). Streams are never mixed.
 *   <li><b>Watermark.</b> W of a stream is a whole minute, in seconds: all minutes that begin before W are there. It is
 *       the newest minute less the allowed lateness ({@link org.hinomi.kernel.flow.FlowMinutes#LATENESS_SECONDS}). A
 *       tuple of a minute before W is late: counted, not looked at.
 *   <li><b>Order.</b> When W passes a minute, its tuples are given to the detector, key by key, in the order of
 *       {@link org.hinomi.kernel.flow.FlowBlock#compare}, however they arrived.
 *   <li><b>Timers.</b> A key has one wake-up time T. It fires when all minutes that begin before T were given: at the
 *       latest when W reaches T, and before any tuple of a minute at or after T.
 *   <li><b>Reference data</b> ({@link org.hinomi.kernel.detect.Reference}) is asked for as of a minute.
 *   <li><b>Detections</b> have an id of detector, key and start, and a revision that grows: writing one is an upsert
 *       that keeps the higher revision, and a replay writes the same again.
 *   <li><b>Bounds.</b> A state is bounded by its detector. The bounds of a partition (bytes, tuples a minute) are safety
 *       valves: what they push out is counted, and only then may two runners differ.
 * </ul>
 */
@NullMarked
package org.hinomi.kernel.detect;

import org.jspecify.annotations.NullMarked;
