package dev.devshell.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TarTests {
    @Test
    void isReadByTar() throws Exception {
        String deep = "a/" + "long-".repeat(30) + "name";
        byte[] archive = new Tar(0)
                .directory("a", 0750)
                .file(deep, 0640, "hello".getBytes(StandardCharsets.UTF_8))
                .file("empty", 0755, new byte[0])
                .bytes();

        assertThat(list(archive).lines().map(line -> line.replaceAll(" +", " ").replaceAll("\\d{4}-\\S+ \\S+ ", "")))
                .containsExactly("drwxr-x--- 0/0 0 a/", "-rw-r----- 0/0 5 " + deep, "-rwxr-xr-x 0/0 0 empty");
    }

    private static String list(byte[] archive) throws IOException, InterruptedException {
        Process tar = new ProcessBuilder("tar", "-tv", "--numeric-owner").start();
        try (OutputStream stdin = tar.getOutputStream()) {
            stdin.write(archive);
        }
        String listing = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tar.waitFor()).isZero();
        return listing;
    }
}
