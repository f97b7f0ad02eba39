/**
 * Calls to companies outside: whatever a service needs to ask another company over HTTP, apart from what the two say
 * to each other.
 *
 * <p>A service has two beans: the company, and the routes that call it, with a function that writes a call and one that
 * reads what came back. Shipping, which asks a carrier to fetch parcels, has these:
 *
 * <pre>{@code
 * @Bean
 * Company carrier(ShippingSettings settings, MeterRegistry meters) {
 *     var name = new CompanyName("shipping", "carrier", "orderflow.shipping.http");
 *     return new Company(name, settings.http(), WORKERS, meters);
 * }
 *
 * @Bean
 * CallRoutes<Parcel, Label> carrierRoutes(Company carrier, ProducerTemplate camel) {
 *     return new CallRoutes<>(carrier, camel, CarrierMessages::request, CarrierMessages::answer);
 * }
 * }</pre>
 *
 * <p>Its settings have an {@link io.orderflow.outside.OutsideSettings} called {@code http}. The two functions are where
 * shipping says what it knows of carriers:
 *
 * <pre>{@code
 * static OutgoingRequest request(Parcel parcel) {
 *     var body = Integer.toString(parcel.grams()).getBytes(StandardCharsets.US_ASCII);
 *     return new OutgoingRequest("PUT", "/parcels/" + parcel.key(), TEXT, body);
 * }
 *
 * static Label answer(Parcel parcel, IncomingAnswer answer) {
 *     if (answer.status() != 200 || !TEXT.equals(answer.contentType())) {
 *         throw new Unanswered("carrier: status " + answer.status() + " (expected: 200, " + TEXT + ")");
 *     }
 * }</pre>
 *
 * <p>and a worker's route calls it, like any function:
 *
 * <pre>{@code
 * from(parcels).routeId("shipping.send-parcel")
 *     .transform().body(Parcel.class, carrier::call)                      // Label, or it is tried again
 *     .to(labels);
 * }</pre>
 *
 * <p>What it gets for that:
 *
 * <ul>
 *   <li>One try for one call, which ends in time however slowly its bytes drip: no redirect is followed, nothing is
 *       repeated, unpacked or remembered, and an answer has at most 16 KiB, behind a head of at most 100 headers.
 *   <li>Only {@code Accept}, {@code Authorization} and {@code Content-Type} go out, whatever headers the worker had; of
 *       an answer only its status, content type and body come in.
 *   <li>A key that is read from its file for each call and is in no message.
 *   <li>A circuit: when half of the last calls got no answer, none is made for {@code open-for}. The company is then
 *       down in the health group {@code dependencies}, under its bean's name, and {@code shipping.carrier.open} is 1.
 *   <li>Settings that cannot work or are not safe are refused at the start, by their names.
 * </ul>
 *
 * <p>What it does not get: that a call has its effect once. An {@link io.orderflow.outside.Unanswered} call may have
 * had it, and the worker makes it again. So each call has a key of its own by which the company knows it again, and
 * only an answer that speaks of that key is one. Calls are made by workers only, never inside a transaction.
 *
 * <p>This package knows none of ours. Payments is the example that moves money: its {@code HttpProviderModule} and
 * {@code ProviderMessages}.
 */
package io.orderflow.outside;
