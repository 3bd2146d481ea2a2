package org.hinomi.kernel.device;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Kinds of device that rules tell apart. That none is named is a result, too: unknown. */
public enum DeviceKind {
    /** A home or office router, or a modem. */
    ROUTER,
    /** A camera on the network. */
    IP_CAMERA,
    /** A video recorder that cameras are attached to. */
    RECORDER,
    /** Storage on the network. */
    NAS,
    /** A television box or another device with Android. */
    ANDROID,
    /** A computer with Windows. */
    WINDOWS,
    /** A server with Linux. */
    LINUX_SERVER;

    /** Lower case, as in JSON. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of an id. */
    public static Optional<DeviceKind> of(String id) {
        return Stream.of(values()).filter(kind -> kind.id().equals(id)).findFirst();
    }
}
