package io.orderflow.local.demo;

import java.util.List;

/**
 * Whether the books are right.
 *
 * @param lines each equation with both of its sides
 */
record DemoVerdict(boolean right, List<String> lines) {}
