package dev.devshell.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a private key as OpenSSL writes it: PKCS #8 (RFC 5958), PKCS #1 (RFC 8017, RSA) or SEC 1 (RFC 5915, elliptic curves). Java
 * reads the first; the others are wrapped into it.
 */
final class PemKey {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");
    private static final byte[] VERSION = HexFormat.of().parseHex("020100");
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC_OID = HexFormat.of().parseHex("06072a8648ce3d0201");

    private PemKey() {}

    static PrivateKey read(String pem) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new InvalidKeySpecException("key.pem holds no private key, or one with a password");
        }
        byte[] der = Base64.getMimeDecoder().decode(block.group(2));
        byte[] pkcs8 = switch (block.group(1)) {
            case "RSA " -> wrap(RSA, der);
            case "EC " -> wrap(tlv(0x30, concat(EC_OID, curve(der))), der);
            default -> der;
        };
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException e) {
                // It is of another kind, which one of the next may know.
            }
        }
        throw new InvalidKeySpecException("key.pem is neither an RSA nor an elliptic curve's key");
    }

    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return tlv(0x30, concat(VERSION, algorithm, tlv(0x04, key)));
    }

    /** Returns the curve's name, which stands behind the version and the key: {@code [0] parameters}. */
    private static byte[] curve(byte[] sec1) throws InvalidKeySpecException {
        ByteBuffer sequence = value(ByteBuffer.wrap(sec1), 0x30);
        value(sequence, 0x02);
        value(sequence, 0x04);
        ByteBuffer parameters = value(sequence, 0xa0);
        byte[] name = new byte[parameters.remaining()];
        parameters.get(name);
        return name;
    }

    private static ByteBuffer value(ByteBuffer from, int tag) throws InvalidKeySpecException {
        if (from.remaining() < 2 || (from.get() & 0xff) != tag) {
            throw new InvalidKeySpecException("key.pem is not an elliptic curve's key that names its curve");
        }
        int length = from.get() & 0xff;
        if (length == 0x81 && from.hasRemaining()) {
            length = from.get() & 0xff;
        }
        if (length > from.remaining()) {
            throw new InvalidKeySpecException("key.pem is cut off");
        }
        ByteBuffer value = from.slice(from.position(), length);
        from.position(from.position() + length);
        return value;
    }

    private static byte[] tlv(int tag, byte[] value) {
        byte[] length = value.length < 0x80
                ? new byte[] {(byte) value.length}
                : value.length < 0x100
                        ? new byte[] {(byte) 0x81, (byte) value.length}
                        : new byte[] {(byte) 0x82, (byte) (value.length >> 8), (byte) value.length};
        return concat(new byte[] {(byte) tag}, length, value);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
