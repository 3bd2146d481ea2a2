/** What the job found, and the PostgreSQL tables it goes to. Only here is a database spoken to. */
@NullMarked
package org.hinomi.scale.result;

import org.jspecify.annotations.NullMarked;
