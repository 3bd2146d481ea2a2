package org.hinomi.kernel.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.hinomi.kernel.Seeds;
import org.hinomi.kernel.fingerprint.Expression.Binary;
import org.hinomi.kernel.fingerprint.Expression.FieldOf;
import org.hinomi.kernel.fingerprint.Expression.Literal;
import org.hinomi.kernel.fingerprint.Expression.Operator;
import org.hinomi.kernel.fingerprint.Expression.Swap;
import org.hinomi.kernel.packet.PacketHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    private static final PacketHeader HEADER = header(new Random(1));

    private static PacketHeader header(Random random) {
        PacketHeader header = new PacketHeader();
        header.srcLo = 0xffff_0000_0000L | random.nextInt() & 0xffff_ffffL;
        header.dstLo = 0xffff_0000_0000L | random.nextInt() & 0xffff_ffffL;
        header.ipId = random.nextInt(1 << 16);
        header.ttl = random.nextInt(256);
        header.ipLength = random.nextInt(1 << 16);
        header.protocol = 6;
        header.srcPort = random.nextInt(1 << 16);
        header.dstPort = random.nextInt(1 << 16);
        header.seq = random.nextInt() & 0xffff_ffffL;
        header.ack = random.nextInt() & 0xffff_ffffL;
        header.window = random.nextInt(1 << 16);
        header.tcpHeaderLength = 20 + 4 * random.nextInt(11);
        header.mss = random.nextBoolean() ? -1 : random.nextInt(1 << 16);
        return header;
    }

    /** The meaning of an expression, the slow and plain way. */
    private static long interpret(Expression expression, PacketHeader header) {
        return switch (expression) {
            case Literal(long value) -> value;
            case FieldOf(Field field) -> field(field, header);
            case Swap(Expression value) -> Integer.toUnsignedLong(Integer.reverseBytes((int) interpret(value, header)));
            case Binary(Operator operator, Expression left, Expression right) ->
                interpret(operator, interpret(left, header), interpret(right, header));
        };
    }

    private static long field(Field field, PacketHeader header) {
        return switch (field) {
            case IP_SRC -> header.srcLo & 0xffff_ffffL;
            case IP_DST -> header.dstLo & 0xffff_ffffL;
            case IP_ID -> header.ipId;
            case IP_TTL -> header.ttl;
            case IP_LENGTH -> header.ipLength;
            case IP_PROTOCOL -> header.protocol;
            case TCP_SOURCE_PORT -> header.srcPort;
            case TCP_DESTINATION_PORT -> header.dstPort;
            case TCP_SEQUENCE -> header.seq;
            case TCP_ACKNOWLEDGMENT -> header.ack;
            case TCP_WINDOW -> header.window;
            case TCP_HEADER_LENGTH -> header.tcpHeaderLength;
            case TCP_MSS -> header.mss;
        };
    }

    private static long interpret(Operator operator, long left, long right) {
        return switch (operator) {
            case OR -> left != 0 || right != 0 ? 1 : 0;
            case AND -> left != 0 && right != 0 ? 1 : 0;
            case EQUAL -> left == right ? 1 : 0;
            case NOT_EQUAL -> left != right ? 1 : 0;
            case LESS -> left < right ? 1 : 0;
            case LESS_OR_EQUAL -> left <= right ? 1 : 0;
            case GREATER -> left > right ? 1 : 0;
            case GREATER_OR_EQUAL -> left >= right ? 1 : 0;
            case BIT_OR -> left | right;
            case BIT_XOR -> left ^ right;
            case BIT_AND -> left & right;
            case SHIFT_LEFT -> left << right;
            case SHIFT_RIGHT -> left >> right;
            case PLUS -> left + right;
            case MINUS -> left - right;
        };
    }

    private static Expression random(Random random, int depth) {
        return switch (depth == 0 ? random.nextInt(2) : random.nextInt(7)) {
            case 0 -> new Literal(random.nextInt(3) == 0 ? random.nextInt(4) : random.nextInt() & 0xffff_ffffL);
            case 1 -> new FieldOf(Field.values()[random.nextInt(Field.values().length)]);
            case 2 -> new Swap(random(random, depth - 1));
            default ->
                new Binary(
                        Operator.values()[random.nextInt(Operator.values().length)],
                        random(random, depth - 1),
                        random(random, depth - 1));
        };
    }

    /** With parentheses around everything. */
    private static String text(Expression expression) {
        return switch (expression) {
            case Literal(long value) -> Long.toString(value);
            case FieldOf(Field field) -> field.text;
            case Swap(Expression value) -> "swap32(" + text(value) + ")";
            case Binary(Operator operator, Expression left, Expression right) ->
                "(" + text(left) + " " + operator.symbol + " " + text(right) + ")";
        };
    }

    /** The value by the compiler; a packet rule's answer is a bit, so it is compiled as a source rule. */
    private static long compiled(Expression expression, PacketHeader header) {
        return RuleCompiler.compile(List.of(), List.of(expression)).value(0, header);
    }

    @Test
    void compiledRulesGiveWhatAnInterpreterGives() {
        Seeds.check(400, random -> {
            Expression expression = random(random, 4);
            SynMatcher matcher = RuleCompiler.compile(List.of(), List.of(new Literal(7), expression));
            for (int i = 0; i < 5; i++) {
                PacketHeader header = header(random);
                assertThat(matcher.value(1, header)).as(text(expression)).isEqualTo(interpret(expression, header));
                assertThat(matcher.value(0, header)).isEqualTo(7);
                assertThat(matcher.value(2, header)).isEqualTo(Long.MIN_VALUE);
            }
        });
    }

    @Test
    void writtenRulesAreReadBackAsTheyWere() {
        Seeds.check(400, random -> {
            Expression expression = random(random, 3);
            String text = text(expression);
            if (text.length() <= 500) {
                assertThat(ExpressionParser.parse(text)).isEqualTo(expression);
                assertThat(ExpressionParser.parse(text.replace(" ", ""))).isEqualTo(expression);
            }
        });
    }

    @Test
    void packetRulesSetABitEach() {
        Expression yes = new Literal(1);
        Expression no = new Literal(0);
        SynMatcher matcher =
                RuleCompiler.compile(List.of(yes, no, new Literal(6), no, no, no, no, no, no, no, no, yes), List.of());

        assertThat(matcher.match(HEADER)).isEqualTo(0b1000_0000_0101);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1 + 2 << 3; 24",
                "1 << 2 + 3; 32",
                "6 & 3 << 1; 6",
                "1 | 2 ^ 3 & 1; 3",
                "5 & 4 == 4; 1",
                "1 == 1 && 2 > 3; 0",
                "0 || 1 && 0; 0",
                "1 || 1 && 0; 1",
                "10 - 3 - 2; 5",
                "0x10 + 010; 24",
                "2 <= 2; 1",
                "3 >= 4; 0",
                "3 != 4; 1",
                "swap32(0x01020304) == 0x04030201; 1",
                "(1 + 2) << (1 + 1); 12",
                "7 && 9; 1"
            })
    void operatorsBindAsTheFileSays(String rule, long value) {
        Expression expression = ExpressionParser.parse(rule);
        assertThat(interpret(expression, HEADER)).isEqualTo(value);
        assertThat(compiled(expression, HEADER)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "1 +; expected a field or number at character 4 of the rule, found the end",
                "tcp.seq ==== 1; expected a field or number at character 11",
                "(1; expected ')' at character 3 of the rule, found the end",
                "1); expected an operator at character 2 of the rule, found ')'",
                "tcp.nothing == 1; there is no field 'tcp.nothing'",
                "12ab == 1; '12ab' is not a number",
                "99999999999999999999; is not a number",
                "swap32 1; expected '(' at character 8",
                "1 $ 2; expected an operator at character 3 of the rule, found '$'",
                "-1; expected a field or number at character 1",
                "``; expected a field or number at character 1 of the rule, found the end"
            })
    void mistakesAreToldWithTheirPlace(String rule, String message) {
        assertThatThrownBy(() -> ExpressionParser.parse(rule))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining(message);
    }

    @Test
    void rulesThatAreTooLongOrTooDeepAreRefused() {
        assertThatThrownBy(() -> ExpressionParser.parse("1" + "+1".repeat(300))).hasMessageContaining("500 characters");
        assertThatThrownBy(() -> ExpressionParser.parse("(".repeat(40) + "1" + ")".repeat(40)))
                .hasMessageContaining("32 parentheses");
    }
}
