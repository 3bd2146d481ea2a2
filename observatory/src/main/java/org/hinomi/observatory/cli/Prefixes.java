package org.hinomi.observatory.cli;

import org.hinomi.kernel.address.Prefix;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a prefix given on the command line. */
public final class Prefixes implements ITypeConverter<Prefix> {
    @Override
    public Prefix convert(String value) {
        try {
            return Prefix.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
