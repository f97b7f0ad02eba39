// What the services say of an order at this moment: the order itself, what is parked, and mails.
import { html } from './html.js';
import { Trouble } from './loading.js';
import { Badge, Facts, Rows, State, money } from './parts.js';
import { to } from './route.js';
import { When } from './time.js';

export function Live({ live }) {
  const answered = (what) => live.filter((one) => one.what === what && one.status === 200);
  const away = live.filter((one) => one.status !== 200 && one.status !== 404);
  return html`
    <h2>What its services say now</h2>
    ${answered('order').map(({ body }) => html`<${Now} order=${body} />`)}
    <${Parked} items=${parkedOf(answered('parked'))} />
    ${answered('mails').map(({ body }) => html`<${Mails} items=${body.items ?? []} />`)}
    ${away.map((one) => html`<${Trouble} problem=${missing(one)} />`)}`;
}

function Now({ order }) {
  return html`
    <${Facts} facts=${[
      ['Status', html`<${State} of=${order.status} /> ${order.reason}`],
      ['Payment', order.payment_status],
      ['Total', money(order.total?.amount_minor, order.total?.currency)],
      ['Articles', order.lines?.map((line) => `${line.quantity} × ${line.sku}`).join(', ')]
    ]} />`;
}

/** Each once: services of one process answer for each other. */
function parkedOf(answers) {
  const items = answers.flatMap(({ body }) => body.items ?? []);
  return [...new Map(items.map((one) => [one.service + one.id, one])).values()];
}

function Parked({ items }) {
  return items.length > 0 && html`
    <${Rows} caption="Parked" heads=${['Service', 'Event', 'Why', 'Parked', 'Next']}
      rows=${items.map((one) => [
        one.service,
        one.type ?? 'unreadable',
        html`<${Badge} kind="bad">${one.reason}<//> ${one.error}`,
        html`<${When} at=${one.parked_at} />`,
        html`<a href=${to(['parked', one.service, one.id])}>Look and release</a>`
      ])} />`;
}

function Mails({ items }) {
  return html`
    <${Rows} caption="Mails" heads=${['Mail', 'State', 'Since']} none="No mail was asked for yet, or it is forgotten."
      rows=${items.map((one) => [one.kind, one.state, html`<${When} at=${one.since} />`])} />`;
}

const missing = ({ role, what, status, body }) => ({
  message: `${role} does not say (${what})`,
  detail: body?.detail ?? body?.title,
  next: status === 403 ? `The token needs operator.read at ${role}.` : `Look at the pods and the log of ${role}.`
});
