package org.hinomi.observatory.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.hinomi.observatory.web.Problem;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Throttle throttle = new Throttle(now::get, 2, Duration.ofSeconds(10), 3);

    private void later(long seconds) {
        now.updateAndGet(time -> time.plusSeconds(seconds));
    }

    private String waitOf(String key) {
        try {
            throttle.attempt(key);
            return "none";
        } catch (Problem problem) {
            return problem.headers().getOrDefault("Retry-After", "");
        }
    }

    @Test
    void eachFurtherAttemptWaitsTwiceAsLongUpToTheBound() {
        assertThat(waitOf("a")).isEqualTo("none");
        assertThat(waitOf("a")).isEqualTo("none");
        for (String wait : new String[] {"1", "2", "4", "8", "10", "10"}) {
            assertThat(waitOf("a")).isEqualTo(wait);
            later(Long.parseLong(wait));
            assertThat(waitOf("a")).isEqualTo("none");
        }
        later(Duration.ofHours(2).toSeconds());
        assertThat(waitOf("a")).isEqualTo("none");
        assertThat(waitOf("a")).isEqualTo("none");
    }

    @Test
    void successIsTakenBackAndForgivenForTheAccount() {
        for (int i = 0; i < 10; i++) {
            throttle.attempt("a");
            throttle.succeeded("a");
        }
        throttle.attempt("a");
        throttle.attempt("a");
        assertThatThrownBy(() -> throttle.attempt("a")).isInstanceOf(Problem.class);
        throttle.forget("a");
        assertThatCode(() -> throttle.attempt("a")).doesNotThrowAnyException();
    }

    @Test
    void theTableIsBounded() {
        throttle.attempt("a");
        throttle.attempt("a");
        for (String key : new String[] {"b", "c", "d"}) {
            throttle.attempt(key);
        }
        assertThat(waitOf("a")).isEqualTo("none");
    }
}
