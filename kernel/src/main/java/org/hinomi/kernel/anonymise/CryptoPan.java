package org.hinomi.kernel.anonymise;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.hinomi.kernel.address.IpAddress;

/**
 * Crypto-PAn (Xu, Fan, Ammar, Moon, "Prefix-Preserving IP Address Anonymization", 2002): pseudonyms of addresses such
 * that two addresses share a prefix of some length exactly when their pseudonyms do. IPv4 stays IPv4, IPv6 stays IPv6.
 * Thread-safe.
 */
public final class CryptoPan {
    /** Bytes of a key. */
    public static final int KEY_BYTES = 32;

    private static final int BLOCK = 16;
    private static final int V4_BYTES = 4;

    private final SecretKeySpec key;
    private final byte[] pad;

    /**
     * A mapping.
     *
     * @param secret 32 bytes: an AES-128 key, then the bytes that become the pad
     */
    public CryptoPan(byte[] secret) {
        if (secret.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes, not " + secret.length);
        }
        key = new SecretKeySpec(secret, 0, BLOCK, "AES");
        pad = encrypt(cipher(), Arrays.copyOfRange(secret, BLOCK, KEY_BYTES));
    }

    private Cipher cipher() {
        try {
            // One block at a time: the function Crypto-PAn is built from, not a mode to encrypt messages with.
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }

    private static byte[] encrypt(Cipher cipher, byte[] block) {
        try {
            return cipher.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a block of 16 bytes can be encrypted", e);
        }
    }

    /** The pseudonym of an address. */
    public IpAddress pseudonym(IpAddress address) {
        byte[] bytes = bytes(address);
        byte[] flips = new byte[bytes.length];
        byte[] block = new byte[BLOCK];
        Cipher cipher = cipher();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            System.arraycopy(pad, 0, block, 0, BLOCK);
            System.arraycopy(bytes, 0, block, 0, bit / 8);
            int mask = 0xff00 >>> bit % 8 & 0xff;
            block[bit / 8] = (byte) (bytes[bit / 8] & mask | pad[bit / 8] & ~mask);
            if (encrypt(cipher, block)[0] < 0) {
                flips[bit / 8] |= (byte) (0x80 >>> bit % 8);
            }
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= flips[i];
        }
        return address(bytes);
    }

    private static byte[] bytes(IpAddress address) {
        byte[] bytes = new byte[address.isV4() ? V4_BYTES : BLOCK];
        for (int i = 0; i < bytes.length; i++) {
            int shift = (bytes.length - 1 - i) * 8;
            bytes[i] = (byte) (shift < 64 ? address.lo() >>> shift : address.hi() >>> shift - 64);
        }
        return bytes;
    }

    private static IpAddress address(byte[] bytes) {
        long hi = 0;
        long lo = 0;
        for (byte next : bytes) {
            hi = hi << 8 | lo >>> 56;
            lo = lo << 8 | next & 0xff;
        }
        return bytes.length == V4_BYTES ? IpAddress.v4((int) lo) : new IpAddress(hi, lo);
    }
}
