/**
 * The command line of operators: what the operators' port offers, for people and for scripts. It starts no service, and
 * knows of orderflow no more than its REST interface.
 */
package io.orderflow.app.operator;
