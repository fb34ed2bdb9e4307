package dev.devshell.compose;

import java.util.ArrayList;
import java.util.List;

/** Says {@link UpOptions} to Compose. */
final class UpCommand {
    private UpCommand() {}

    static List<String> arguments(UpOptions options) {
        List<String> arguments = new ArrayList<>(List.of("up", "--detach"));
        switch (options.build()) {
            case MISSING -> {}
            case ALWAYS -> arguments.add("--build");
            case NEVER -> arguments.add("--no-build");
        }
        if (options.forceRecreate()) {
            arguments.add("--force-recreate");
        }
        if (options.removeOrphans()) {
            arguments.add("--remove-orphans");
        }
        options.scale()
                .forEach((service, number) ->
                        arguments.addAll(List.of("--scale", ServiceName.checked(service) + "=" + number)));
        arguments.addAll(ServiceName.checked(options.services()));
        return arguments;
    }
}
