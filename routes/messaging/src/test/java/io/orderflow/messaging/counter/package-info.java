/** The smallest participant and a process of it, for the tests of every room. */
package io.orderflow.messaging.counter;
