/** Live events to many readers (server-sent events): one encoding an event, a bounded queue a reader. */
@NullMarked
package org.hinomi.observatory.web.stream;

import org.jspecify.annotations.NullMarked;
