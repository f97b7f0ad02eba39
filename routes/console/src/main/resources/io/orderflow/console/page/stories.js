// Orders as their stories have them, in a table.
import { html } from './html.js';
import { Badge, Order, Rows, State } from './parts.js';
import { to } from './route.js';
import { Since, When } from './time.js';

/** `more` gives further cells of each, under further heads. */
export function Stories({ items, caption, none, heads = [], more = () => [] }) {
  return html`
    <${Rows} caption=${caption} none=${none} heads=${['Order', 'State', 'Began', 'Waits for', 'Since', ...heads]}
      rows=${items.map((one) => [
        html`<${Order} id=${one.order_id} />`,
        html`<${State} of=${one.state} /> <small>${one.reason}</small>`,
        html`<${When} at=${one.began_at} />`,
        html`<${Waits} waits=${one.waits_for} />`,
        html`<${Since} at=${one.waiting_since} />`,
        ...more(one)
      ])} />`;
}

/** Who owes what; what is parked there is most likely why. */
export function Waits({ waits }) {
  return waits?.length ? html`<ul class="plain">${waits.map((one) => html`
    <li>${one.service}: ${one.events.join(' or ')}
      ${one.parked?.map((id) => html` <a href=${to(['parked', one.service, id])}><${Badge} kind="bad">parked<//></a>`)}
    </li>`)}</ul>` : 'nothing';
}
