package org.hinomi.observatory.campaign;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids of campaigns on this tower. The kernel's are made of days and behaviour only; two recordings of the same traffic
 * have campaigns of their own, so what is watched goes into the id.
 */
final class CampaignId {
    private static final int BYTES = 16;

    private CampaignId() {}

    /** The id of a campaign of the kernel: 32 hexadecimal digits. */
    static String of(String watch, String kernel) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((watch + '\n' + kernel).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
