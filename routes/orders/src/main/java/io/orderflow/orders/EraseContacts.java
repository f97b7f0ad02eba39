package io.orderflow.orders;

import java.time.Duration;

/**
 * It is time to erase the names and addresses of customers whose orders were settled long ago.
 *
 * @param settledFor how long ago
 * @param most how many in one transaction
 */
record EraseContacts(Duration settledFor, int most) {}
