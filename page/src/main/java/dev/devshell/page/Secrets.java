package dev.devshell.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a browser must know. Each is of its own, so that none says anything about another: the token is in the address that a
 * person is shown, a ticket in one that other programs may see, the cookie in every request, and the cookie goes to nobody
 * who does not know the path.
 */
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String token = random(32);
    private final String cookie = random(32);
    private final String path = random(12);
    private String ticket = "";

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    String token() {
        return token;
    }

    String cookie() {
        return cookie;
    }

    /** Returns where everything is, with a slash at both ends. */
    String path() {
        return "/" + path + "/";
    }

    /** Returns something that lets in once, in place of the token. */
    synchronized String newTicket() {
        ticket = random(32);
        return ticket;
    }

    synchronized boolean lets(String given) {
        if (same(token, given)) {
            return true;
        }
        boolean once = !ticket.isEmpty() && same(ticket, given);
        if (once) {
            ticket = "";
        }
        return once;
    }

    boolean isCookie(String given) {
        return same(cookie, given);
    }

    /** Takes as long for a wrong one as for a right one. */
    private static boolean same(String secret, String given) {
        return MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
