package org.hinomi.observatory.store.flowfile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;

final class ParquetFlowWriter extends FlowFileWriter {
    ParquetFlowWriter(Path file, FingerprintCatalogue catalogue, FlowLabels labels, String sensor) throws IOException {
        super(file);
    }

    @Override
    void write(FlowRow tuple) throws IOException {}

    @Override
    List<String> complete() throws IOException {
        return List.of();
    }

    @Override
    void release() throws IOException {}
}
