/**
 * The backbone as a model: what messaging promises to a service, in memory, one step at a time, so that a scheduler can
 * let anything happen between any two steps. The services' routes, units of work and decisions that run over it are the
 * real ones. {@code docs/model.md} says what is modelled and what is not.
 */
package io.orderflow.messaging.model;
