package dev.devshell.ignore;

/** Writes a canonical glob piece by piece, so that every text has one form. */
final class CanonicalGlob {
    private final StringBuilder text = new StringBuilder();

    CanonicalGlob raw(String piece) {
        text.append(piece);
        return this;
    }

    CanonicalGlob literal(String characters) {
        characters.codePoints().forEach(this::literal);
        return this;
    }

    CanonicalGlob literal(int codePoint) {
        if (codePoint == '*' || codePoint == '?' || codePoint == '[' || codePoint == '\\') {
            text.append('\\');
        }
        text.appendCodePoint(codePoint);
        return this;
    }

    /** Bounds in pairs; a {@code /} that stands alone among them goes, as no class matches it. */
    CanonicalGlob charClass(boolean negated, int[] bounds) {
        text.append(negated ? "[^" : "[");
        int length = text.length();
        for (int i = 0; i < bounds.length; i += 2) {
            range(bounds[i], bounds[i + 1]);
        }
        if (text.length() > length) {
            text.append(']');
        } else if (negated) {
            text.setLength(length - 2);
            text.append('?');
        } else {
            throw new IllegalArgumentException("a class must not be empty");
        }
        return this;
    }

    private void range(int low, int high) {
        if (low > high || (low == '/' && high == '/')) {
            return;
        }
        member(low);
        if (high > low) {
            text.append('-');
            member(high);
        }
    }

    private void member(int codePoint) {
        if (codePoint == ']' || codePoint == '-' || codePoint == '^' || codePoint == '\\') {
            text.append('\\');
        }
        text.appendCodePoint(codePoint);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
