package io.orderflow.messaging.model;

import java.util.function.Supplier;

/**
 * One thing that can happen next.
 *
 * @param name a line of the story; made only when the story is told
 */
public record Step(Kind kind, Supplier<String> name, Runnable action) {

    @Override
    public String toString() {
        var line = Names.shortened(name.get());
        return kind.isFault() ? line + "   (" + kind + ")" : line;
    }
}
