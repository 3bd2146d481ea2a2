/** What operators know of sources and say themselves: which are research scanners', by a file of their own. */
@NullMarked
package org.hinomi.observatory.label;

import org.jspecify.annotations.NullMarked;
