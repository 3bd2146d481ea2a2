package org.hinomi.kernel.address;

/** Where an address is registered. Look-ups allocate nothing. */
public interface Origin {
    /** Knows nothing. */
    Origin UNKNOWN = new Origin() {
        @Override
        public int country(long hi, long lo) {
            return 0;
        }

        @Override
        public long asn(long hi, long lo) {
            return 0;
        }
    };

    /** The country as two ASCII letters, {@code first << 8 | second} (ISO 3166-1 alpha-2); 0 when unknown. */
    int country(long hi, long lo);

    /** The number of the autonomous system that announces the address; 0 when unknown. */
    long asn(long hi, long lo);
}
