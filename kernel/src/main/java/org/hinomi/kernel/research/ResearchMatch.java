package org.hinomi.kernel.research;

/**
 * A source that is a researcher's.
 *
 * @param researcher whose it is
 * @param matchedBy why: {@code prefix 192.0.2.0/24} or {@code name probe-1.survey.example}
 */
public record ResearchMatch(Researcher researcher, String matchedBy) {}
