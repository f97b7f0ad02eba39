/**
 * Everything on one machine: a supervisor whose children are the real database, the real broker, a mail server and all
 * services; a client that places many orders; and a check of the books afterwards. Nobody uses these classes but
 * {@link io.orderflow.local.Local} and the command lines of the children.
 */
package io.orderflow.local;
