// Who says what to whom: the declared topics between the roles that write them and those that read them, and how the
// running readers are.
import { html } from './html.js';
import { read } from './call.js';
import { Loaded, useAnswer, useEvery } from './loading.js';
import { Badge, Page, Rows, count } from './parts.js';
import { span } from './time.js';
import { Topology } from './topology.js';

export default function Flow() {
  const answer = useAnswer(read, 'console/flow');
  useEvery(5000, answer.look);
  return html`
    <${Page} title="Flow">
      <${Loaded} answer=${answer} show=${(flow) => html`
        <${Topology} topics=${flow.topics ?? []} />
        <${Readers} topics=${flow.topics ?? []} />
        <${Work} roles=${flow.roles ?? []} />`} />
    <//>`;
}

const HEADS = ['Topic', 'Reader', 'Runs', 'Lag', 'Handled', 'Parked', 'Next'];

function Readers({ topics }) {
  const readers = topics.flatMap(({ topic, readers }) => readers.map((one) => ({ topic, ...one })));
  return html`<${Rows} caption="Readers" none="Nobody reads anything." heads=${HEADS} rows=${readers.map(reader)} />`;
}

function reader({ topic, role, running, lag, handled, parked }) {
  const next = running === false && `Look at the log of ${role}: why does it hear nothing of ${topic}?`;
  return [topic, role, html`<${Running} is=${running} />`, count(lag), count(handled), count(parked), next];
}

function Running({ is }) {
  if (is === true) {
    return html`<${Badge} kind="ok">yes<//>`;
  }
  return is === false ? html`<${Badge} kind="bad">no<//>` : html`<${Badge} kind="unknown">nobody says<//>`;
}

function Work({ roles }) {
  return html`
    <${Rows} caption="Roles and their work" none="No role is known."
      heads=${['Role', 'Answers', 'In the outbox', 'Oldest there', 'Work that waits', 'Next']}
      rows=${roles.map((one) => [
        one.role,
        html`<${Running} is=${one.answers} />`,
        count(one.outbox),
        seconds(one.oldest_outbox_seconds),
        one.work?.map((queue) => html`<div>${waiting(queue)}</div>`),
        one.answers === false && `Look at the pods and the log of ${one.role}.`
      ])} />`;
}

const waiting = (queue) => `${queue.queue}: ${count(queue.pending)}, oldest ${seconds(queue.oldest_seconds)}`;

const seconds = (value) => ((value ?? null) === null ? '–' : span(value * 1000));
