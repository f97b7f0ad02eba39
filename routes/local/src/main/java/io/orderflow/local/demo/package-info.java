/**
 * {@code make demo}: sixty seconds in which much goes wrong, and books that are right at the end. A seed decides what
 * is ordered, a plan what happens when; both are pure, as are the table on the screen and the report.
 */
package io.orderflow.local.demo;
