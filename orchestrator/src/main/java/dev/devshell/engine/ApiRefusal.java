package dev.devshell.engine;

/** The engine answered, and said no. Stays inside this package: {@link DockerEngine} tells it to people. */
final class ApiRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String what;
    private final int status;

    ApiRefusal(String what, int status, String message) {
        super(message);
        this.what = what;
        this.status = status;
    }

    int status() {
        return status;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    RuntimeException told() {
        return Refusals.refused(what, status, message());
    }
}
