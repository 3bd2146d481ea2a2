package org.hinomi.observatory.web.access;

import java.util.List;
import java.util.stream.Stream;
import org.hinomi.observatory.web.Route;

/** What people do with {@link Access} over HTTP. */
public final class AccessRoutes {
    private final Access access;

    public AccessRoutes(Access access) {
        this.access = access;
    }

    /** Routes under {@code /api/v1}: setup, session, people, keys, audit. */
    public List<Route> routes() {
        return Stream.of(
                        new SessionRoutes(access).routes(),
                        new PeopleRoutes(access).routes(),
                        new KeyRoutes(access).routes(),
                        new SensorKeyRoutes(access).routes())
                .flatMap(List::stream)
                .toList();
    }
}
