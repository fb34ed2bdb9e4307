package dev.devshell.dockerfile;

import java.util.Set;

/**
 * Which directories the image has beyond those that its {@code COPY}, {@code ADD} and {@code WORKDIR} lines make.
 *
 * <p>It decides one thing: whether a file copied to {@code /x} becomes {@code /x} or {@code /x/name}. The built image
 * knows best, since a {@code RUN} may have made the directory.
 */
@FunctionalInterface
public interface ImageDirectories {
    /** Those that nearly every image has, for when there is no image to ask yet. */
    ImageDirectories CUSTOMARY = Set.of(
            "/bin",
            "/boot",
            "/dev",
            "/etc",
            "/home",
            "/lib",
            "/media",
            "/mnt",
            "/opt",
            "/proc",
            "/root",
            "/run",
            "/sbin",
            "/srv",
            "/sys",
            "/tmp",
            "/usr",
            "/usr/bin",
            "/usr/lib",
            "/usr/local",
            "/usr/local/bin",
            "/usr/local/etc",
            "/usr/local/lib",
            "/usr/local/sbin",
            "/usr/local/share",
            "/usr/sbin",
            "/usr/share",
            "/var",
            "/var/cache",
            "/var/lib",
            "/var/log",
            "/var/tmp")::contains;

    /** Tells whether a directory, or a link to one, stands at an absolute path. */
    boolean isDirectory(String path);
}
