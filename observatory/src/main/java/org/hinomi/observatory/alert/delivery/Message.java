package org.hinomi.observatory.alert.delivery;

import java.time.Instant;
import java.util.Map;
import org.hinomi.kernel.alert.Severity;

/**
 * What is told at once.
 *
 * @param id the same however often it is tried
 * @param type alert, summary or test
 * @param target a mail address or URL; empty for syslog
 * @param secret what a webhook is signed with; empty for others
 * @param title one line
 * @param text the whole of it, in the person's language
 * @param data the same for programs
 */
record Message(
        String id,
        String type,
        String target,
        String secret,
        Instant time,
        Severity severity,
        String title,
        String text,
        Map<String, Object> data) {}
