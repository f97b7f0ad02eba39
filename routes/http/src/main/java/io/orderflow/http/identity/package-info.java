/**
 * How a caller shows who it is: by a signed token, or on one's own machine by a header. Public are
 * {@link io.orderflow.http.identity.Identity} and {@link io.orderflow.http.identity.Visitor}, which the edge asks, and
 * {@link io.orderflow.http.identity.IdentityModule}, for the assembly.
 */
package io.orderflow.http.identity;
