package org.hinomi.kernel.fingerprint;

/** A parsed rule expression over 64-bit integers; a comparison or logical operation is 1 or 0. */
sealed interface Expression {
    /** An integer literal. */
    record Literal(long value) implements Expression {}

    /** A header field. */
    record FieldOf(Field field) implements Expression {}

    /** An operation on two values. */
    record Binary(Operator operator, Expression left, Expression right) implements Expression {}

    /** The value with its lower four bytes in reverse order. */
    record Swap(Expression value) implements Expression {}

    /** The operators, loosest first; those of one precedence group left to right. */
    enum Operator {
        OR("||", 0),
        AND("&&", 1),
        EQUAL("==", 2),
        NOT_EQUAL("!=", 2),
        LESS_OR_EQUAL("<=", 2),
        GREATER_OR_EQUAL(">=", 2),
        BIT_OR("|", 3),
        BIT_XOR("^", 4),
        BIT_AND("&", 5),
        SHIFT_LEFT("<<", 6),
        SHIFT_RIGHT(">>", 6),
        LESS("<", 2),
        GREATER(">", 2),
        PLUS("+", 7),
        MINUS("-", 7);

        /** How deep precedence goes. */
        static final int TIGHTEST = 7;

        final String symbol;
        final int precedence;

        Operator(String symbol, int precedence) {
            this.symbol = symbol;
            this.precedence = precedence;
        }
    }
}
