/** What the chart renders, in processes of this machine: logins, certificates, rights, images, metrics and logs. */
package io.orderflow.e2e.cluster;
