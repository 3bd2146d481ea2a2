/** Who may use this observatory: accounts, sessions, API keys, first set-up, and the log of what people did. */
@NullMarked
package org.hinomi.observatory.web.access;

import org.jspecify.annotations.NullMarked;
