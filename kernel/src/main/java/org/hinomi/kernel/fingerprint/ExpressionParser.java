package org.hinomi.kernel.fingerprint;

import org.hinomi.kernel.fingerprint.Expression.Binary;
import org.hinomi.kernel.fingerprint.Expression.FieldOf;
import org.hinomi.kernel.fingerprint.Expression.Literal;
import org.hinomi.kernel.fingerprint.Expression.Operator;
import org.hinomi.kernel.fingerprint.Expression.Swap;
import org.jspecify.annotations.Nullable;

/** Reads a rule's expression, by precedence climbing. Bit operations bind tighter than comparisons. */
final class ExpressionParser {
    private static final int LONGEST = 500;
    private static final int DEEPEST = 32;

    private final String text;
    private int at;
    private int depth;

    private ExpressionParser(String text) {
        this.text = text;
    }

    static Expression parse(String text) {
        if (text.length() > LONGEST) {
            throw new RuleException("the rule is longer than " + LONGEST + " characters");
        }
        ExpressionParser parser = new ExpressionParser(text);
        Expression expression = parser.binary(0);
        parser.skipSpace();
        if (parser.at < text.length()) {
            throw parser.wrong("an operator");
        }
        return expression;
    }

    private Expression binary(int precedence) {
        if (precedence > Operator.TIGHTEST) {
            return primary();
        }
        Expression left = binary(precedence + 1);
        for (Operator operator = operator(precedence); operator != null; operator = operator(precedence)) {
            left = new Binary(operator, left, binary(precedence + 1));
        }
        return left;
    }

    private @Nullable Operator operator(int precedence) {
        skipSpace();
        Operator found = null;
        for (Operator operator : Operator.values()) {
            boolean longer = found == null || operator.symbol.length() > found.symbol.length();
            if (longer && text.startsWith(operator.symbol, at)) {
                found = operator;
            }
        }
        if (found == null || found.precedence != precedence) {
            return null;
        }
        at += found.symbol.length();
        return found;
    }

    private Expression primary() {
        skipSpace();
        if (at == text.length()) {
            throw wrong("a field or number");
        }
        char c = text.charAt(at);
        if (c == '(') {
            return parenthesised();
        }
        return isDigit(c) ? number() : named();
    }

    private Expression parenthesised() {
        if (++depth > DEEPEST) {
            throw new RuleException("the rule has more than " + DEEPEST + " parentheses within one another");
        }
        at++;
        Expression inside = binary(0);
        skipSpace();
        if (at == text.length() || text.charAt(at) != ')') {
            throw wrong("')'");
        }
        at++;
        depth--;
        return inside;
    }

    private Expression number() {
        int start = at;
        while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        String digits = text.substring(start, at);
        try {
            return new Literal(Long.decode(digits));
        } catch (NumberFormatException e) {
            throw new RuleException("'" + digits + "' is not a number");
        }
    }

    private Expression named() {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        if (name.isEmpty()) {
            throw wrong("a field or number");
        }
        if (name.equals("swap32")) {
            skipSpace();
            if (at == text.length() || text.charAt(at) != '(') {
                throw wrong("'('");
            }
            return new Swap(parenthesised());
        }
        return new FieldOf(Field.named(name).orElseThrow(() -> new RuleException("there is no field '" + name + "'")));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNamePart(char c) {
        return c >= 'a' && c <= 'z' || isDigit(c) || c == '.' || c == '_';
    }

    private void skipSpace() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private RuleException wrong(String expected) {
        String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
        return new RuleException("expected " + expected + " at character " + (at + 1) + " of the rule, found " + found);
    }
}
