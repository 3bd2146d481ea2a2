/**
 * Constituents: organisations whose networks an observatory watches for, with the prefixes and autonomous systems that
 * are theirs, since when, and who said so.
 */
@NullMarked
package org.hinomi.observatory.respond.constituent;

import org.jspecify.annotations.NullMarked;
