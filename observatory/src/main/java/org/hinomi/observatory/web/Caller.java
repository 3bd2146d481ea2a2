package org.hinomi.observatory.web;

/**
 * Who makes a request.
 *
 * @param name the account's name; empty for a visitor
 * @param role what they may do; {@link Role#VIEWER} also for a visitor while the demo is open
 * @param signedIn by a session or an API key
 * @param address the address the request came from, as text
 */
public record Caller(String name, Role role, boolean signedIn, String address) {
    /** Somebody who has not signed in. */
    public static Caller visitor(Role role, String address) {
        return new Caller("", role, false, address);
    }

    /** Whether secrets of the telescope (its dark addresses) may be shown. */
    public boolean seesDarkAddresses() {
        return role == Role.ADMINISTRATOR;
    }
}
