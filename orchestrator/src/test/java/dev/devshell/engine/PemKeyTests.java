package dev.devshell.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every form in which OpenSSL writes a key. */
class PemKeyTests {
    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource({
        "RSA,     genrsa -traditional 2048,                                    BEGIN RSA PRIVATE KEY",
        "RSA,     genpkey -algorithm RSA,                                      BEGIN PRIVATE KEY",
        "EC,      ecparam -name prime256v1 -genkey,                            BEGIN EC PRIVATE KEY",
        "EC,      ecparam -name secp521r1 -genkey -noout,                      BEGIN EC PRIVATE KEY",
        "EC,      genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp384r1,  BEGIN PRIVATE KEY",
        "EdDSA,   genpkey -algorithm ed25519,                                  BEGIN PRIVATE KEY"
    })
    void readsWhatOpenSslWrites(String algorithm, String arguments, String header) throws Exception {
        String pem = openssl(arguments);

        assertThat(pem).contains(header);
        assertThat(PemKey.read(pem).getAlgorithm()).isEqualTo(algorithm);
    }

    @Test
    void saysThatItReadsNoneWithAPassword() throws Exception {
        String pem = openssl("genrsa -aes128 -passout pass:secret 2048");

        assertThatThrownBy(() -> PemKey.read(pem))
                .isInstanceOf(InvalidKeySpecException.class)
                .hasMessageContaining("password");
    }

    private String openssl(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ")));
        Path file = dir.resolve("key.pem");
        Process child = new ProcessBuilder(command)
                .redirectOutput(file.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(child.waitFor()).isZero();
        return Files.readString(file, StandardCharsets.US_ASCII);
    }
}
