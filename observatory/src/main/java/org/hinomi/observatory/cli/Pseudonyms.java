package org.hinomi.observatory.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.function.UnaryOperator;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.anonymise.CryptoPan;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.store.StoreException;

/** The pseudonyms of dark addresses, by a key that is made at the first start and stays in the data directory. */
final class Pseudonyms {
    private static final String FILE = "pseudonym.key";

    private Pseudonyms() {}

    static UnaryOperator<IpAddress> of(Path data, SecureRandom random) {
        Path file = data.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                byte[] key = new byte[CryptoPan.KEY_BYTES];
                random.nextBytes(key);
                Path unfinished = data.resolve(FILE + ".part");
                Files.deleteIfExists(unfinished);
                Files.createFile(
                        unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.write(unfinished, key);
                Files.move(unfinished, file);
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length != CryptoPan.KEY_BYTES) {
                throw new StoreException(
                        file + " is damaged; restore it from a backup, or remove it to get other pseudonyms");
            }
            return new CryptoPan(key)::pseudonym;
        } catch (IOException e) {
            throw new StoreException(file + " can't be used: " + DataDirectory.reason(e), e);
        }
    }
}
