/**
 * Flow tuple files: CAIDA Corsaro's FlowTuple v4 as Avro, and the same fields as Parquet.
 *
 * <p>An Avro file begins each record with Corsaro's 19 fields, under the record name {@code org.caida.corsaro.flowtuple},
 * so that its readers find them in place; Hinomi's own fields come after them, each with a default. Corsaro's fields have
 * room for IPv4 only, and a number in {@code src_ip} that stands for something else would mislead its readers: flow
 * tuples of IPv6 go into Parquet only, in {@code src_ip6} and {@code dst_ip6}.
 *
 * <p>{@code is_spoofed} and {@code is_masscan} follow Corsaro's filters (see {@link
 * org.hinomi.wire.flowfile.CorsaroFilters}), not what Hinomi itself believes: use {@code kind} and the match
 * counts for that. {@code maxmind_country} and {@code maxmind_continent} hold Hinomi's geolocation. A file can't tell
 * what fills its {@code netacq_} fields other than {@code ??}.
 */
@NullMarked
package org.hinomi.observatory.store.flowfile;

import org.jspecify.annotations.NullMarked;
