/**
 * A payment provider that moves no money and keeps books as a real one does. It stands for another company: payments
 * runs it in the same process (adapter {@code simulated}) or calls it over HTTP (adapter {@code http}), where it keeps
 * to {@code docs/payment-provider.yaml} and has a database of its own. Besides the words of money it knows nothing of
 * orderflow.
 */
package io.orderflow.provider;
