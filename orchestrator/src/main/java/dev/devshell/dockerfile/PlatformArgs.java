package dev.devshell.dockerfile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The arguments that BuildKit defines itself, before the first {@code FROM}. */
final class PlatformArgs {
    private PlatformArgs() {}

    static Map<String, String> of(BuildRequest request) {
        Map<String, String> args = new HashMap<>();
        add(args, "TARGET", request.platform());
        add(args, "BUILD", request.buildPlatform());
        String target = request.target();
        args.put("TARGETSTAGE", target == null || target.isEmpty() ? "default" : target);
        args.replaceAll((name, value) -> request.buildArgs().getOrDefault(name, value));
        return args;
    }

    private static void add(Map<String, String> args, String prefix, String platform) {
        List<String> parts = List.of(platform.split("/", -1));
        args.put(prefix + "PLATFORM", platform);
        args.put(prefix + "OS", parts.get(0));
        args.put(prefix + "ARCH", parts.size() > 1 ? parts.get(1) : "");
        args.put(prefix + "VARIANT", parts.size() > 2 ? parts.get(2) : "");
    }
}
