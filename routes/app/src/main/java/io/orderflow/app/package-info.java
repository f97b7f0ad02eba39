/** The one process: it picks its services by {@code --roles} and is otherwise only configuration. */
package io.orderflow.app;
