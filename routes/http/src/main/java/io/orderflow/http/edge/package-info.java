/**
 * What is around every REST route, from the socket to the route and back: the servlet that lets in only what is
 * understood, the engine that puts the edge before a route, who and what is admitted, and the valve that turns the
 * container's own refusals into problems. Public is {@link io.orderflow.http.edge.EdgeModule}, for the assembly.
 */
package io.orderflow.http.edge;
