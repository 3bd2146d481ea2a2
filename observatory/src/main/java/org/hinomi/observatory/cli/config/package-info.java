/** The configuration file: read, checked, and turned into settings. */
@NullMarked
package org.hinomi.observatory.cli.config;

import org.jspecify.annotations.NullMarked;
