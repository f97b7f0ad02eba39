/**
 * The whole system, seen from outside: sagas, crashes, duplicates and boundaries on a real broker, database and mail
 * server. Every room but {@code shop} and {@code openapi}, which others may use, is used by nobody.
 */
package io.orderflow.e2e;
