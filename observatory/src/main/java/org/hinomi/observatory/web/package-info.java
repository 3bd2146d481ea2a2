/**
 * The web server, and the types with which a feature says what it serves: {@link Route}, {@link Request},
 * {@link Response}, {@link Problem}. Types of the HTTP library stay inside this package.
 */
@NullMarked
package org.hinomi.observatory.web;

import org.jspecify.annotations.NullMarked;
