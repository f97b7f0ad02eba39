/**
 * The fixture of all rooms: a shop that a test starts, buys from, disturbs and asks, on a broker, a database and a mail
 * server of its own, with the system in this process or in others.
 */
package io.orderflow.e2e.shop;
