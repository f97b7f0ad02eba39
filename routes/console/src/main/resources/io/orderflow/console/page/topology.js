// The flow as a picture: writers on the left, topics in the middle, readers on the right. Tables below say the same.
import { html } from './html.js';
import { count } from './parts.js';

const WIDTH = 1000;
const ROW = 34;
const BOX = { width: 180, height: 24 };
const COLUMNS = [0, (WIDTH - BOX.width) / 2, WIDTH - BOX.width];

export function Topology({ topics }) {
  const writers = named(topics.flatMap((topic) => topic.writers));
  const readers = named(topics.flatMap((topic) => topic.readers.map((one) => one.role)));
  const names = topics.map((topic) => topic.topic);
  const height = Math.max(writers.length, names.length, readers.length) * ROW;
  const middle = (column, name) => ((column.indexOf(name) + 0.5) * height) / column.length;
  const said = topics.flatMap(({ topic, writers: roles }) => roles.map((role) => ({ topic, role })));
  const heard = topics.flatMap(({ topic, readers: roles }) => roles.map((one) => ({ topic, ...one })));
  return html`
    <svg class="topology" viewBox=${`0 0 ${WIDTH} ${height}`} role="img"
      aria-label="Roles, the topics they write, and who reads these">
      ${said.map(({ topic, role }) => html`
        <${Way} from=${[0, middle(writers, role)]} to=${[1, middle(names, topic)]} kind="plain" />`)}
      ${heard.map((one) => html`
        <${Way} from=${[1, middle(names, one.topic)]} to=${[2, middle(readers, one.role)]} kind=${kindOf(one)}
          label=${labelOf(one)} />`)}
      ${[writers, names, readers].map((column, i) => column.map((name) => html`
        <${Box} column=${i} y=${middle(column, name)} name=${name} />`))}
    </svg>`;
}

const named = (names) => [...new Set(names)];

function kindOf(reader) {
  if (reader.running === false) {
    return 'bad';
  }
  return reader.parked > 0 ? 'warn' : 'plain';
}

const labelOf = (reader) => (reader.lag > 0 ? `${count(reader.lag)} to go` : '');

function Way({ from: [start, y1], to: [end, y2], kind, label }) {
  const x1 = COLUMNS[start] + BOX.width;
  const x2 = COLUMNS[end];
  return html`
    <line class=${'way ' + kind} x1=${x1} y1=${y1} x2=${x2} y2=${y2} />
    ${label && html`<text class="label" x=${x2 - 8} y=${y2 + (y1 - y2) * 0.06 - 4}>${label}</text>`}`;
}

function Box({ column, y, name }) {
  return html`
    <rect x=${COLUMNS[column]} y=${y - BOX.height / 2} width=${BOX.width} height=${BOX.height} rx="4" />
    <text class="name" x=${COLUMNS[column] + BOX.width / 2} y=${y + 4}>${name}</text>`;
}
