/**
 * The migrations of a role's schema: the backbone's tables first, then the service's own. Public: {@link
 * io.orderflow.messaging.schema.Migrations}, for the process that migrates.
 */
package io.orderflow.messaging.schema;
