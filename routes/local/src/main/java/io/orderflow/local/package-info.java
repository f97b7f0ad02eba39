/** Everything on one machine: a supervisor with the real database, the real broker, a mail server and all services as its children; load for it; and an auditor of its books. */
package io.orderflow.local;
