// Orders: a search of their stories, and one of them.
import { html } from './html.js';
import { read } from './call.js';
import { Loaded, useAnswer } from './loading.js';
import OneOrder from './order.js';
import { Filters, Page, Steps } from './parts.js';
import { place } from './route.js';
import { Stories } from './stories.js';

const FIELDS = [
  { name: 'order', label: 'Order', hint: 'its id' },
  { name: 'event', label: 'Event', hint: 'its id' },
  { name: 'trace', label: 'Trace', hint: '32 digits' },
  { name: 'state', label: 'State', choices: ['', 'PENDING', 'CONFIRMED', 'CANCELLED', 'UNKNOWN'] },
  { name: 'waits_for', label: 'Waits for', choices: ['', 'inventory', 'orders', 'payments'] },
  { name: 'stuck', label: 'Waiting since', hint: '10m or longer' },
  { name: 'min_age', label: 'At least', hint: '2h old' },
  { name: 'max_age', label: 'At most', hint: '7d old' }
];

export default function Orders() {
  const { parts, query } = place.value;
  return parts[1] ? html`<${OneOrder} id=${parts[1]} />` : html`<${Search} query=${query} />`;
}

function Search({ query }) {
  const answer = useAnswer(read, 'orders', query);
  return html`
    <${Page} title="Orders">
      <${Filters} label="Which orders" fields=${FIELDS} />
      <${Loaded} answer=${answer} show=${(page) => html`
        <${Stories} items=${page.items} caption="Orders" none="No order is like this, or none that is still known." />
        <${Steps} next=${page.next} />`} />
    <//>`;
}
