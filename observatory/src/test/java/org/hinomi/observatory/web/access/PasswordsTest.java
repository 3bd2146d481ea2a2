package org.hinomi.observatory.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.hinomi.observatory.web.Problem;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private final Passwords passwords = new Passwords(3);

    @Test
    void hashesAreSaltedAndNameTheirRounds() {
        String one = passwords.hash("correct horse battery");
        assertThat(one).startsWith("pbkdf2-sha256$3$").isNotEqualTo(passwords.hash("correct horse battery"));
        assertThat(passwords.matches("correct horse battery", Optional.of(one))).isTrue();
        assertThat(passwords.matches("correct horse batterz", Optional.of(one))).isFalse();
        assertThat(passwords.matches("correct horse battery", Optional.empty())).isFalse();
        assertThat(new Passwords(7).matches("correct horse battery", Optional.of(one)))
                .isTrue();
    }

    @Test
    void theSameLettersTypedOnAnotherKeyboardAreTheSame() {
        String composed = "caf\u00e9 caf\u00e9 caf\u00e9";
        String decomposed = "cafe\u0301 cafe\u0301 cafe\u0301";
        assertThat(passwords.matches(decomposed, Optional.of(passwords.hash(composed))))
                .isTrue();
    }

    @Test
    void lengthIsAllThatIsAskedOf() {
        assertThatCode(() -> Passwords.check("aaaaaaaaaaaa")).doesNotThrowAnyException();
        assertThatThrownBy(() -> Passwords.check("aaaaaaaaaaa")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Passwords.check("a".repeat(201))).isInstanceOf(Problem.class);
        assertThat(passwords.matches("a".repeat(60_000), Optional.empty())).isFalse();
    }
}
