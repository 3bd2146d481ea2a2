/** The control database: what must never be lost, such as accounts and the audit log. SQL drivers stay in here. */
@NullMarked
package org.hinomi.observatory.store.control;

import org.jspecify.annotations.NullMarked;
