/** What the chart renders, held against everything that can be known of it without a cluster. */
package io.orderflow.helm;
