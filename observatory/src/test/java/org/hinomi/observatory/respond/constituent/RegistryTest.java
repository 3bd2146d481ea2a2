package org.hinomi.observatory.respond.constituent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.address.Owner;
import org.hinomi.observatory.store.control.ControlStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose an address was is known as of any minute, also after a change and after a restart. */
class RegistryTest {
    private static final String HEADER = "id,name,prefixes,as_numbers,valid_from\n";
    private static final Instant MORNING = Instant.parse("2026-11-25T06:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(MORNING);

    private static List<RowNote> take(Registry registry, String rows) {
        return registry.take((HEADER + rows).getBytes(StandardCharsets.UTF_8), false, "test");
    }

    private static String owner(Registry registry, String address, Instant minute) {
        IpAddress parsed = IpAddress.parse(address).orElseThrow();
        Owner owner = registry.owners().at(parsed.hi(), parsed.lo(), minute.getEpochSecond());
        return owner == null ? "" : owner.id();
    }

    @Test
    void anOldMinuteIsToldByWhatWasRegisteredThen(@TempDir Path folder) throws Exception {
        try (ControlStore control = ControlStore.open(folder)) {
            Registry registry = new Registry(control.jdbi(), Origin.UNKNOWN, now::get);
            assertThat(owner(registry, "20.1.0.1", MORNING)).isEmpty();
            assertThat(take(registry, "city,City,20.1.0.0/16,,\nold,Old,20.2.0.0/16,,2026-01-01T00:00:00Z"))
                    .isEmpty();
            now.set(MORNING.plusSeconds(3600));
            assertThat(take(registry, "city,City,20.3.0.0/16,,\nschool,School,20.1.0.0/16,,"))
                    .isEmpty();
            now.set(MORNING.plusSeconds(7200));
            assertThat(registry.remove("school", "test", handle -> {})).isTrue();
            assertThat(registry.remove("school", "test", handle -> {})).isFalse();
            for (Registry each : List.of(registry, new Registry(control.jdbi(), Origin.UNKNOWN, now::get))) {
                assertThat(owner(each, "20.1.0.1", MORNING.minusSeconds(60))).isEmpty();
                assertThat(owner(each, "20.1.0.1", MORNING)).isEqualTo("city");
                assertThat(owner(each, "20.1.0.1", MORNING.plusSeconds(3600))).isEqualTo("school");
                assertThat(owner(each, "20.3.0.1", MORNING.plusSeconds(3540))).isEmpty();
                assertThat(owner(each, "20.3.0.1", MORNING.plusSeconds(3600))).isEqualTo("city");
                assertThat(owner(each, "20.1.0.1", MORNING.plusSeconds(7200))).isEmpty();
                assertThat(owner(each, "20.2.0.1", Instant.parse("2026-03-01T00:00:00Z")))
                        .isEqualTo("old");
                assertThat(each.all()).extracting(Organisation::id).containsExactly("city", "old");
            }
        }
    }

    @Test
    void aFileWithOneWrongRowChangesNothingAndOneThatSaysTheSameIsNoChange(@TempDir Path folder) throws Exception {
        try (ControlStore control = ControlStore.open(folder)) {
            Registry registry = new Registry(control.jdbi(), Origin.UNKNOWN, now::get);
            assertThat(take(registry, "city,City,20.1.0.0/16,,\nb,B,nothing,,")).hasSize(1);
            assertThat(registry.all()).isEmpty();
            assertThat(take(registry, "city,City,20.1.0.0/16,,")).isEmpty();
            now.set(MORNING.plusSeconds(600));
            assertThat(take(registry, "city,City,20.1.0.0/16,,")).isEmpty();
            assertThat(registry.find("city").orElseThrow().validFrom()).isEqualTo(MORNING);
            assertThat(take(registry, "city,City,20.1.0.0/16,,2026-01-01T00:00:00Z"))
                    .isEmpty();
            assertThat(owner(registry, "20.1.0.1", Instant.parse("2026-01-01T00:00:00Z")))
                    .isEqualTo("city");
        }
    }
}
