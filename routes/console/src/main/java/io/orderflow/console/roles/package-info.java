/**
 * Console speaks to the other roles: it hands operators' calls on to their operators' ports, each with what the
 * operator has shown of himself. Rights and record stay with the role that is asked. Public are
 * {@link io.orderflow.console.roles.RolesModule}, and what other parts of console ask roles with.
 */
package io.orderflow.console.roles;
