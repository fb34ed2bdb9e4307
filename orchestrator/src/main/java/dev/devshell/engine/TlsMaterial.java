package dev.devshell.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS connection to an engine is made with: the files of {@code DOCKER_CERT_PATH}, or of a context.
 *
 * @param folder holds {@code ca.pem}, {@code cert.pem} and {@code key.pem}, each of which may be missing, as with the docker CLI:
 *     without the first, what Java trusts is trusted; without the others, this end stays unnamed
 * @param verify whether the engine has to prove who it is
 */
record TlsMaterial(Path folder, boolean verify) {
    private static final char[] NO_PASSWORD = {};

    /** Reads the files. */
    SSLContext context(EngineAddress address) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), trust(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw Refusals.badTls(address, folder, e);
        }
    }

    private KeyManager @Nullable [] keys() throws IOException, GeneralSecurityException {
        Optional<String> certificate = read("cert.pem");
        Optional<String> key = read("key.pem");
        if (certificate.isEmpty() || key.isEmpty()) {
            return null;
        }
        KeyStore store = empty();
        Certificate[] chain = certificates(certificate.get()).toArray(new Certificate[0]);
        store.setKeyEntry("client", PemKey.read(key.get()), NO_PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private TrustManager @Nullable [] trust() throws IOException, GeneralSecurityException {
        if (!verify) {
            return new TrustManager[] {new Anybody()};
        }
        Optional<String> authority = read("ca.pem");
        if (authority.isEmpty()) {
            return null;
        }
        KeyStore store = empty();
        for (Certificate certificate : certificates(authority.get())) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private Optional<String> read(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
    }

    /** For those who told the docker CLI not to verify. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
