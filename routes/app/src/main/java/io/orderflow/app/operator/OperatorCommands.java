package io.orderflow.app.operator;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * The commands of operators, from the same image as the services: {@code orderflow parked}. Each ends with 0 where it
 * was done, 1 where it was refused or nobody answered, and 2 where it was typed wrongly.
 */
@Command(
        name = "orderflow",
        description = "Looks after orderflow by its operators' port.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ParkedCommand.class,
            ReleaseCommand.class,
            ReleasesCommand.class,
            OrderCommand.class,
            CancelCommand.class,
            EraseCommand.class,
            LagCommand.class,
            HelpCommand.class
        },
        footer = {"", "What a command may: orderflow help COMMAND. Rights and reasons are those of /ops/docs."})
public final class OperatorCommands {

    private OperatorCommands() {}

    /** Whether these are arguments of an operator: services are given none that begins without a dash. */
    public static boolean areAskedForBy(String... arguments) {
        return arguments.length > 0 && !arguments[0].startsWith("-");
    }

    /**
     * Does what is asked for.
     *
     * @param environment where address and token are, if no option says them
     * @return the exit code
     */
    public static int run(Map<String, String> environment, PrintWriter out, PrintWriter err, String... arguments) {
        int exit = new CommandLine(new OperatorCommands())
                .setDefaultValueProvider(OpsOptions.defaults(environment))
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(OperatorCommands::failed)
                .execute(arguments);
        out.flush();
        err.flush();
        return exit;
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (!(failure instanceof NotDone)) {
            throw failure;
        }
        command.getErr().println(Plain.line(failure.getMessage()));
        return CommandLine.ExitCode.SOFTWARE;
    }
}
