package org.hinomi.observatory.web.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.access.AuditLog.Action;
import org.jdbi.v3.core.Jdbi;

/** Turns a name and a password, or the set-up token, into a session. Guessing is slowed, by account and by address. */
final class SignIn {
    private static final int FREE_BY_ACCOUNT = 5;
    private static final int FREE_BY_ADDRESS = 20;
    private static final int MOST_KEYS = 10_000;

    /** Short, for a stranger must not lock somebody out by guessing at their account. */
    private static final Duration LONGEST_BY_ACCOUNT = Duration.ofMinutes(1);

    private static final Duration LONGEST_BY_ADDRESS = Duration.ofMinutes(15);

    /** A session that has just begun: its secret goes into the cookie. */
    record Begun(Account account, String token) {}

    private final Jdbi jdbi;
    private final Passwords passwords;
    private final SetupToken setupToken;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Throttle byAccount;
    private final Throttle byAddress;

    SignIn(Jdbi jdbi, Passwords passwords, SetupToken setupToken, AuditLog audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.passwords = passwords;
        this.setupToken = setupToken;
        this.audit = audit;
        this.clock = clock;
        this.byAccount = new Throttle(clock, FREE_BY_ACCOUNT, LONGEST_BY_ACCOUNT, MOST_KEYS);
        this.byAddress = new Throttle(clock, FREE_BY_ADDRESS, LONGEST_BY_ADDRESS, MOST_KEYS);
    }

    /** Makes the first administrator, once. */
    synchronized Begun setUp(String token, String name, String password, String address) {
        byAddress.attempt(network(address));
        if (!setupToken.matches(token)) {
            throw Problem.forbidden("The set-up link is not, or no longer, valid. The newest one is printed when"
                            + " Hinomi starts without an administrator.")
                    .named("set-up-link");
        }
        byAddress.succeeded(network(address));
        String checked = Account.checkName(name);
        Passwords.check(password);
        Account account = Account.of(checked, passwords.hash(password), Role.ADMINISTRATOR, clock.instant());
        Begun begun = jdbi.inTransaction(handle -> {
            if (AccountStore.count(handle) > 0 || !AccountStore.add(handle, account)) {
                throw Problem.conflict("Somebody has set Hinomi up already; sign in instead.")
                        .named("set-up-done");
            }
            audit.add(handle, account.name(), Action.SETUP, account.name(), address);
            return new Begun(account, SessionStore.begin(handle, account.id(), clock.instant()));
        });
        setupToken.remove();
        return begun;
    }

    /** Begins a session for whoever knows the password. */
    Begun signIn(String name, String password, String address) {
        Account account = verify(name, password, address)
                .orElseThrow(() -> Problem.unauthorized("The name or the password is wrong.")
                        .named("sign-in-wrong"));
        return jdbi.inTransaction(handle -> {
            audit.add(handle, account.name(), Action.SIGN_IN, "", address);
            AccountStore.seen(handle, account.id(), clock.instant());
            return new Begun(account, SessionStore.begin(handle, account.id(), clock.instant()));
        });
    }

    /** The account of a name whose password is right; every other attempt is counted and noted alike. */
    Optional<Account> verify(String name, String password, String address) {
        String nameKey = Secrets.hash(Account.key(name.strip()));
        String network = network(address);
        byAddress.attempt(network);
        byAccount.attempt(nameKey);
        Optional<Account> account = jdbi.withHandle(handle -> AccountStore.named(handle, name.strip()))
                .filter(found -> !found.disabled());
        if (!passwords.matches(password, account.map(Account::password))) {
            jdbi.useHandle(handle -> audit.add(handle, name, Action.SIGN_IN_FAILED, "", address));
            return Optional.empty();
        }
        byAccount.forget(nameKey);
        byAddress.succeeded(network);
        return account;
    }

    /** One IPv4 address, or the /64 of an IPv6 address: what one person has to themselves. */
    private static String network(String address) {
        return IpAddress.parse(address)
                .map(parsed -> parsed.isV4() ? address : Long.toHexString(parsed.hi()))
                .orElse(address);
    }
}
