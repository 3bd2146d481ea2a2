package org.hinomi.observatory.web;

/** Says who makes a request. */
@FunctionalInterface
public interface Gate {
    /** The caller; throws a {@link Problem} where credentials are wrong or an unsafe request lacks its token. */
    Caller identify(Credentials credentials);
}
