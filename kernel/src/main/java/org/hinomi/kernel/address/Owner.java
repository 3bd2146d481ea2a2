package org.hinomi.kernel.address;

/**
 * Whom addresses belong to, as registered.
 *
 * @param id short, lower case: what an organisation is called in files and paths
 * @param name what people call it
 */
public record Owner(String id, String name) {}
