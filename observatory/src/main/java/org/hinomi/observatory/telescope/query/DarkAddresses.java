package org.hinomi.observatory.telescope.query;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.observatory.web.Caller;
import org.hinomi.observatory.web.Role;

/**
 * Who sees which form of a dark address: administrators see it clear, analysts see a pseudonym that keeps prefixes
 * together, everybody else sees none. What a dark address could be computed from follows it.
 */
public final class DarkAddresses {
    private final UnaryOperator<IpAddress> pseudonym;

    /** Rules with a pseudonym for analysts. */
    public DarkAddresses(UnaryOperator<IpAddress> pseudonym) {
        this.pseudonym = pseudonym;
    }

    /** The address as a person may see it. */
    public Optional<IpAddress> seenBy(Caller caller, IpAddress dark) {
        if (clear(caller)) {
            return Optional.of(dark);
        }
        return caller.role().includes(Role.ANALYST) ? Optional.of(pseudonym.apply(dark)) : Optional.empty();
    }

    /** Whether a person sees dark addresses, and all that they can be computed from, as they are. */
    public boolean clear(Caller caller) {
        return caller.seesDarkAddresses();
    }
}
