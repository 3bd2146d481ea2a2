/**
 * Flow tuples as Avro: fields, schemas, values, and a container that is read without believing it.
 *
 * <p>A record begins with the 19 fields of CAIDA Corsaro's FlowTuple v4, under the record name {@code
 * org.caida.corsaro.flowtuple}, so that its readers find them in place; Hinomi's own fields come after them, each with a
 * default. {@code is_spoofed} and {@code is_masscan} follow Corsaro's filters (see {@link
 * org.hinomi.wire.flowfile.CorsaroFilters}), not what Hinomi itself believes.
 */
@NullMarked
package org.hinomi.wire.flowfile;

import org.jspecify.annotations.NullMarked;
