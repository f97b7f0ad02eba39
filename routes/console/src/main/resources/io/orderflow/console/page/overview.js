// How everything is: four figures with thresholds, what goes through, how long it takes, and who answers.
import { html } from './html.js';
import { Chart } from './chart.js';
import { Trouble } from './loading.js';
import { Badge, Facts, Page, Rows, count } from './parts.js';
import { to } from './route.js';
import { overview, silence, told } from './stream.js';
import { When, span } from './time.js';

/** What a tile is called, what to do about it, and where. */
const TILES = {
  oldest_outbox: { title: 'Oldest in an outbox', next: 'Who cannot send?', place: ['lag'] },
  stuck: { title: 'Stuck orders', next: 'Why do they wait?', place: ['stuck'] },
  parked: { title: 'Parked events', next: 'What failed alike?', place: ['parked'] },
  worst_lag: { title: 'Worst lag', next: 'Who is behind?', place: ['lag'] }
};

/** Beyond so many orders that are stuck nobody counts. */
const MOST_STUCK = 1000;

const perSecond = (value) => value.toFixed(1) + '/s';

const RATES = [
  { label: 'accepted', colour: 'blue', show: perSecond, value: (one) => one.orders?.accepted_per_second },
  { label: 'ended', colour: 'green', show: perSecond, value: (one) => one.orders?.ended_per_second },
  { label: 'parked', colour: 'red', show: perSecond, value: (one) => one.orders?.parked_per_second }
];

const TIMES = [
  { label: 'p50', colour: 'green', show: span, value: (one) => one.orders?.p50_millis },
  { label: 'p95', colour: 'amber', show: span, value: (one) => one.orders?.p95_millis },
  { label: 'p99', colour: 'red', show: span, value: (one) => one.orders?.p99_millis }
];

export default function Overview() {
  const now = overview.value;
  return html`
    <${Page} title="Overview">
      <${Trouble} problem=${silence.value} />
      ${now ? html`<${Figures} now=${now} />` : !silence.value && html`<p aria-busy="true">Waiting for figures…</p>`}
    <//>`;
}

function Figures({ now }) {
  const orders = now.orders ?? {};
  return html`
    <ul class="tiles" aria-label="Figures with thresholds">
      ${now.tiles?.map((tile) => html`<${Tile} ...${tile} />`)}
    </ul>
    <div class="charts">
      <${Chart} title="Orders a second" unit="" lines=${RATES} told=${told.value} />
      <${Chart} title="From order to its end" unit="ms" lines=${TIMES} told=${told.value} />
    </div>
    <h2>Of the last ${span((now.window_seconds ?? 0) * 1000)}</h2>
    <${Facts} facts=${['accepted', 'confirmed', 'cancelled', 'parked'].map((name) => [name, count(orders[name])])} />
    ${orders.is_whole === false && html`<p>Of the newest orders alone: there were more than are looked at.</p>`}
    <${Answering} roles=${now.roles ?? []} />
    <p><small>As of <${When} at=${now.as_of} /></small></p>`;
}

function Tile({ name, value, unit, state, warn, bad, by_role }) {
  const { title, next, place } = TILES[name] ?? { title: name, place: ['overview'] };
  const shown = unit === 'seconds' && value !== null ? span(value * 1000) : count(value);
  const worst = by_role?.filter((one) => one.state !== 'ok') ?? [];
  const isSilent = state === 'ok' && worst.length > 0;
  return html`
    <li class=${'tile ' + state}>
      <h2>${title}</h2>
      <p><strong>${shown}</strong> ${unit !== 'seconds' && unit} ${name === 'stuck' && value >= MOST_STUCK && 'or more'}
        <${Badge} kind=${isSilent ? 'unknown' : state}>${isSilent ? 'not all say' : WORDS[state]}<//></p>
      <p><small>warns at ${count(warn)}, red at ${count(bad)} ${unit}
        ${worst.map((one) => html`<br />${one.role}: ${count(one.value)}`)}</small></p>
      ${state !== 'ok' && next && html`<a href=${to(place)}>${next}</a>`}
    </li>`;
}

const WORDS = { ok: 'well', warn: 'look', bad: 'act', unknown: 'nobody says' };

function Answering({ roles }) {
  return html`
    <h2>Who answers</h2>
    <${Rows} caption="Roles, as console hears them" heads=${['Role', 'Answers', 'Next']} none="No role is known."
      rows=${roles.map((one) => [
        one.role,
        one.answers ? html`<${Badge} kind="ok">yes<//>` : html`<${Badge} kind="bad">${one.why ?? 'no'}<//>`,
        one.answers ? '' : `Look at the pods and the log of ${one.role}, and at orderflow.console.roles.${one.role}.`
      ])} />`;
}
