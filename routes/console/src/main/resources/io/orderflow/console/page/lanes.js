// An order's events as a picture: a lane for each service, time to the right, and a line from what was said to what it
// led to. The table below it says the same in words.
import { html } from './html.js';
import { span } from './time.js';

const WIDTH = 1000;
const LEFT = 110;
const LANE = 26;
const GAP = 14;

export function Lanes({ events }) {
  const services = [...new Set(events.map((one) => one.source))];
  const spots = places(events, services);
  const height = services.length * LANE + 18;
  return html`
    <svg class="lanes" viewBox=${`0 0 ${WIDTH} ${height}`} role="img"
      aria-label=${`${events.length} events of ${services.join(', ')} within ${span(lasting(events))}`}>
      ${services.map((service, i) => html`
        <line class="lane" x1=${LEFT} x2=${WIDTH} y1=${i * LANE + 13} y2=${i * LANE + 13} />
        <text x="0" y=${i * LANE + 17}>${service}</text>`)}
      ${events.map((one) => html`<${Cause} from=${spots.get(one.after)} to=${spots.get(one.event_id)} />`)}
      ${events.map((one) => html`<${Spot} one=${one} at=${spots.get(one.event_id)} />`)}
      <text class="axis" x=${LEFT} y=${height - 2}>0</text>
      <text class="axis end" x=${WIDTH} y=${height - 2}>${span(lasting(events))}</text>
    </svg>`;
}

const times = (events) => events.map((one) => Date.parse(one.occurred_at));

const lasting = (events) => Math.max(...times(events)) - Math.min(...times(events));

/** By time, and no two of one lane upon each other. */
function places(events, services) {
  const start = Math.min(...times(events));
  const scale = (WIDTH - LEFT - 3 * GAP) / Math.max(lasting(events), 1);
  const spots = new Map();
  const ends = new Map();
  for (const one of [...events].sort((a, b) => Date.parse(a.occurred_at) - Date.parse(b.occurred_at))) {
    const x = LEFT + GAP + (Date.parse(one.occurred_at) - start) * scale;
    const free = Math.max(x, (ends.get(one.source) ?? 0) + GAP);
    ends.set(one.source, free);
    spots.set(one.event_id, { x: Math.min(free, WIDTH - 8), y: services.indexOf(one.source) * LANE + 13 });
  }
  return spots;
}

function Cause({ from, to }) {
  return from && html`<line class="cause" x1=${from.x} y1=${from.y} x2=${to.x} y2=${to.y} />`;
}

const KINDS = [[/Parked/, 'bad'], [/Declined|Rejected|Cancelled/, 'warn'], [/Refunded|Voided|Released/, 'undone']];

function Spot({ one, at }) {
  const kind = KINDS.find(([form]) => form.test(one.type))?.[1] ?? 'ok';
  return html`<circle class=${'spot ' + kind} cx=${at.x} cy=${at.y} r="6"><title>${one.type}</title></circle>`;
}
