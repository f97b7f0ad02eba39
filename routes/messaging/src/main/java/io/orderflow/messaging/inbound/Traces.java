package io.orderflow.messaging.inbound;

/**
 * Where something failed and as what, without its words: a message may quote the row or the event that was refused. The
 * innermost cause comes first, for that is where it began, and it is no longer than {@value #MAX_CHARACTERS}
 * characters.
 */
final class Traces {

    static final int MAX_CHARACTERS = 8_000;

    private static final int MAX_CAUSES = 10;

    private Traces() {}

    static String of(Throwable failure) {
        var text = new StringBuilder();
        append(failure, new StackTraceElement[0], 1, text);
        if (text.length() <= MAX_CHARACTERS) {
            return text.toString();
        }
        int end = text.lastIndexOf("\n", MAX_CHARACTERS - 2);
        return text.substring(0, end + 1) + "…";
    }

    /** @param wrapper the stack of what it is the cause of, whose end is the same and comes with that */
    private static void append(Throwable failure, StackTraceElement[] wrapper, int depth, StringBuilder text) {
        var stack = failure.getStackTrace();
        if (failure.getCause() != null && depth < MAX_CAUSES) {
            append(failure.getCause(), stack, depth + 1, text);
            text.append("wrapped in ");
        }
        text.append(failure.getClass().getName()).append('\n');
        int own = stack.length;
        for (int i = wrapper.length - 1; own > 0 && i >= 0 && stack[own - 1].equals(wrapper[i]); i--) {
            own--;
        }
        for (int i = 0; i < own; i++) {
            text.append("  at ").append(told(stack[i])).append('\n');
        }
    }

    private static String told(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                + frame.getLineNumber() + ")";
    }
}
