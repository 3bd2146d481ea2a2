package org.hinomi.observatory.label;

import java.time.Instant;
import java.util.List;
import org.hinomi.kernel.research.ResearchTable.Entry;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.jspecify.annotations.Nullable;

/** Which research scanners are known now, and since when. */
public final class ResearchRoutes {
    private final ResearchList list;

    /** Routes on a list. */
    public ResearchRoutes(ResearchList list) {
        this.list = list;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.get("/api/v1/research-scanners", Role.VIEWER, this::known));
    }

    private record Item(String name, String reference, List<String> prefixes, List<String> reverseNames) {
        static Item of(Entry entry) {
            return new Item(
                    entry.researcher().name(),
                    entry.researcher().reference(),
                    entry.prefixes().stream().map(Object::toString).toList(),
                    entry.reverseNames());
        }
    }

    private record Items(
            List<Item> items,
            int named,
            @Nullable Instant loaded,
            @Nullable String trouble) {}

    private Response known(Request request) {
        request.query().only();
        ResearchList.Known known = list.known();
        String trouble = list.trouble();
        return Response.ok(new Items(
                known.entries().stream().map(Item::of).toList(),
                known.table().named(),
                known.loaded().orElse(null),
                trouble.isEmpty() ? null : trouble));
    }
}
