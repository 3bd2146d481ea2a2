package org.hinomi.observatory.web;

/** The body of an answer of type {@code application/problem+json} (RFC 9457). */
record ProblemDetails(String type, String title, int status, String detail) {
    static ProblemDetails of(Problem problem) {
        return new ProblemDetails(problem.type(), problem.title(), problem.status(), problem.detail());
    }
}
