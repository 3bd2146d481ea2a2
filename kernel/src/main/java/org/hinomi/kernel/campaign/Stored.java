package org.hinomi.kernel.campaign;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lists and counts in a stored state, which may be damaged. */
final class Stored {
    private Stored() {}

    /** A count that was read, if it is possible. */
    static int count(int count, int most, String what) throws IOException {
        if (count < 0 || count > most) {
            throw new IOException("the stored campaigns are damaged: " + count + " " + what);
        }
        return count;
    }

    /** As {@link #count}, of what there is always one of. */
    static int some(int count, int most, String what) throws IOException {
        return count(count - 1, most - 1, what) + 1;
    }

    static void writeTexts(List<String> texts, DataOutput out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    static List<String> readTexts(DataInput in, int most) throws IOException {
        int size = count(in.readInt(), most, "texts");
        List<String> texts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }
}
