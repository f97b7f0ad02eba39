// The story of one order on one screen: what was said when by whom, what took how long, and what its services say now.
import { html } from './html.js';
import { change, read, roles } from './call.js';
import { Changes } from './changes.js';
import { Lanes } from './lanes.js';
import { Live } from './live.js';
import { Loaded, useAnswer } from './loading.js';
import { Facts, Page, Rows, State, money } from './parts.js';
import { to } from './route.js';
import { Waits } from './stories.js';
import { When, span, utc } from './time.js';

export default function OneOrder({ id }) {
  const answer = useAnswer(read, 'console/orders/' + encodeURIComponent(id));
  return html`
    <${Page} title=${'Order ' + id}>
      <${Loaded} answer=${answer} show=${({ story, live }) => html`
        ${story ? html`<${Told} story=${story} />` : html`<p>Console has not heard of it; whether there is one, orders says below.</p>`}
        <${Changing} id=${id} live=${live ?? []} onMade=${answer.again} />
        <${Live} live=${live ?? []} />`} />
    <//>`;
}

function Told({ story }) {
  return html`
    <${Facts} facts=${[
      ['State', html`<${State} of=${story.state} /> ${story.reason}`],
      ['Settled', story.settled ? 'yes' : 'no'],
      ['Began', html`<${When} at=${story.began_at} />`],
      ['Waits for', html`<${Waits} waits=${story.waits_for} />`]
    ]} />
    <${Lanes} events=${story.events} />
    <${Rows} caption="What was said, in the order in which it could be heard" none="Nothing was said of it."
      heads=${['At', 'Event', 'By', 'Service', 'Outbox', 'Topic', 'What', 'Trace']}
      rows=${story.events.map((one) => said(one, story))} />`;
}

/** An event's row. Waits are named by what waited: the service for its cause, the event in outbox and topic. */
function said(one, story) {
  const after = Date.parse(one.occurred_at) - Date.parse(story.began_at);
  return [
    html`<time datetime=${one.occurred_at} title=${utc(one.occurred_at)}>+${span(after)}</time>`,
    html`<span title=${one.event_id}>${one.type}</span>`,
    one.source,
    lasted(one.service_millis),
    lasted(one.outbox_millis),
    lasted(one.topic_millis),
    html`<${What} one=${one} events=${story.events} />`,
    one.trace_id && html`<a href=${to(['orders'], { trace: one.trace_id })} title=${one.trace_id}>${one.trace_id}</a>`
  ];
}

const lasted = (millis) => ((millis ?? null) === null ? '–' : span(millis));

function What({ one, events }) {
  const undone = one.undoes && events.find((other) => other.event_id === one.undoes);
  return html`
    ${[money(one.amount_minor, one.currency), one.reason, one.by && 'by ' + one.by].filter(Boolean).join(', ')}
    ${undone && html` takes back ${undone.type}`}
    ${one.park_id && html` <a href=${to(['parked', one.source, one.park_id])}>parked</a> ${one.about}`}`;
}

/** What may be done with it as it stands; orders itself refuses what it does not allow. */
function Changing({ id, live, onMade }) {
  const order = live.find((one) => one.what === 'order' && one.status === 200)?.body;
  const changes = [];
  if (order?.status === 'PENDING') {
    changes.push({
      verb: 'Call off',
      consequence: 'It is cancelled in its customer’s place: the customer is told, and what was charged goes back.',
      make: (reason) => change(roles('orders', 'orders', id, 'cancellation'), reason, 'operator.cancel')
    });
  }
  if (order?.settled) {
    changes.push({
      verb: 'Erase customer',
      consequence: 'Name and address of the customer are forgotten everywhere. Nobody can bring them back.',
      make: (reason) => change(roles('orders', 'orders', id, 'erasure'), reason, 'operator.erase')
    });
  }
  return html`<${Changes} changes=${changes} onMade=${onMade} />`;
}
