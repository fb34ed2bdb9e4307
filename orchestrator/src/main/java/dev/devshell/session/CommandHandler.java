package dev.devshell.session;

import dev.devshell.Progress;

/** Does what a request asks for; called from the thread of the connection's requests, interrupted when the client leaves. */
@FunctionalInterface
interface CommandHandler {
    /**
     * Returns the result, to be written as JSON.
     *
     * @throws dev.devshell.DevshellException told to the client as it is
     */
    Object handle(Request request, Progress progress);
}
