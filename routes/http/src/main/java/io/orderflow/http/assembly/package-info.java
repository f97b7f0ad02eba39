/**
 * What puts the rooms of this module together for an application. It knows all of them, and none knows it. Public are
 * {@link io.orderflow.http.assembly.HttpModule} and {@link io.orderflow.http.assembly.DocumentedHttpModule}, of which
 * an application imports one.
 */
package io.orderflow.http.assembly;
