/**
 * Everything on one machine: a supervisor whose children are the real database, the real broker, a mail server and all
 * services; a client that places many orders; and a check of the books afterwards. Nobody uses these classes but
 * {@link io.orderflow.local.Local}, the command lines of the children, and, through
 * {@link io.orderflow.local.OwnRun}, the demo.
 */
package io.orderflow.local;
