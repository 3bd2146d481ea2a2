/** What device a source probably is, by what is seen of it: rules as data, and a judgement that never says more than they do. */
@NullMarked
package org.hinomi.kernel.device;

import org.jspecify.annotations.NullMarked;
