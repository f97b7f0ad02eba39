package io.orderflow.app.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command is told: where to ask, who asks, and in which form the answer is wanted. */
final class OpsOptions {

    private static final String NOWHERE_ELSE = "http://localhost:8081";
    private static final int MOST_PORTS = 65_535;
    private static final JsonMapper JSON = new JsonMapper();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--address",
            description = "The operators' port of a service, for example through kubectl port-forward (environment:"
                    + " ORDERFLOW_OPS; else " + NOWHERE_ELSE + ").")
    private URI address;

    @Option(
            names = "--token",
            description = "Who you are: a token of the issuer (environment: ORDERFLOW_TOKEN). Lists of processes show"
                    + " it as long as the command runs; a file or the environment is not seen by others.")
    private String token;

    @Option(
            names = "--token-file",
            description = "A file with the token, as /dev/stdin (environment: ORDERFLOW_TOKEN_FILE).")
    private Path tokenFile;

    @Option(names = "--json", description = "The answer as it is, for scripts.")
    private boolean json;

    static IDefaultValueProvider defaults(Map<String, String> environment) {
        var names = Map.of(
                "--address", "ORDERFLOW_OPS", "--token", "ORDERFLOW_TOKEN", "--token-file", "ORDERFLOW_TOKEN_FILE");
        return argument -> argument instanceof OptionSpec option && names.containsKey(option.longestName())
                ? environment.get(names.get(option.longestName()))
                : null;
    }

    OpsClient ops() {
        return new OpsClient(address == null ? URI.create(NOWHERE_ELSE) : checked(address), bearer());
    }

    private URI checked(URI typed) {
        boolean web = "http".equalsIgnoreCase(typed.getScheme()) || "https".equalsIgnoreCase(typed.getScheme());
        if (!web || typed.getHost() == null || typed.getPort() > MOST_PORTS) {
            throw new ParameterException(
                    command.commandLine(), "--address: wrong form (expected: as " + NOWHERE_ELSE + ")");
        }
        return typed;
    }

    /** What is typed goes before what the environment has, where the token itself goes before the file. */
    private String bearer() {
        boolean typed = isTyped("--token");
        boolean fileTyped = isTyped("--token-file");
        if (typed && fileTyped) {
            throw new ParameterException(
                    command.commandLine(), "--token and --token-file: both (expected: one of them)");
        }
        return tokenFile != null && (fileTyped || token == null) ? read() : token;
    }

    private boolean isTyped(String option) {
        return command.commandLine().getParseResult().hasMatchedOption(option);
    }

    private String read() {
        try {
            return Files.readString(tokenFile).strip();
        } catch (IOException e) {
            throw new NotDone("--token-file: " + tokenFile + " cannot be read (expected: a file with a token)");
        }
    }

    /** Prints an answer as it is, or in words. */
    void tell(JsonNode answer, Function<JsonNode, String> words) {
        var out = command.commandLine().getOut();
        out.println(json ? Plain.json(pretty(answer)) : words.apply(answer).stripTrailing());
    }

    private static String pretty(JsonNode answer) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
