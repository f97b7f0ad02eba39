/** A made-up service that asks a made-up carrier to fetch parcels: all that it takes to call a company outside. */
package io.orderflow.outside.carrier;
