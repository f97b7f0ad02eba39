/**
 * What puts the backbone together: the module that an application imports, its settings, and the roles that it starts
 * and stops. It knows all rooms, and none knows it. For applications:
 * {@link io.orderflow.messaging.assembly.MessagingModule} and {@link io.orderflow.messaging.assembly.Roles}.
 */
package io.orderflow.messaging.assembly;
