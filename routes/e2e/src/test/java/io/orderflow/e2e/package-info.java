/** The whole system, seen from outside: sagas, crashes, duplicates and boundaries on a real broker, database and mail server. */
package io.orderflow.e2e;
