// How far each service is behind: what it has still to handle of each topic, and what it has not got rid of itself.
import { html } from './html.js';
import { read, roles } from './call.js';
import { Loaded, Trouble, useAnswer, useEvery } from './loading.js';
import { ofEachRole } from './of-roles.js';
import { Page, Rows, count } from './parts.js';
import { span } from './time.js';

/** What waits for so many milliseconds does not only wait for its turn. */
const LONG = 30_000;

const lagOfEach = () => ofEachRole((role) => read(roles(role, 'lag')));

export default function Lag() {
  const answer = useAnswer(lagOfEach);
  useEvery(5000, answer.look);
  return html`
    <${Page} title="Lag">
      <${Loaded} answer=${answer} show=${(each) => html`
        ${each.map((one) => one.problem && html`<${Trouble} problem=${one.problem} />`)}
        <${Rows} caption="Still to handle" none="Nobody says." heads=${['Service', 'Topic', 'Events', 'Next']}
          rows=${own(each, 'topics').map(behind)} />
        <${Rows} caption="Not sent yet" none="Nobody says." heads=${['Service', 'Events', 'Oldest', 'Next']}
          rows=${own(each, 'outboxes').map(unsent)} />`} />
    <//>`;
}

/** Each service's own: those of one process answer for each other. */
const own = (each, what) =>
  each.flatMap(({ role, value }) => value?.[what]?.filter((one) => one.service === role) ?? []);

function behind({ service, topic, events }) {
  const next = events > 0 && `If it grows: more instances of ${service}, or a look into its log.`;
  return [service, topic, count(events), next];
}

function unsent({ service, events, oldest_millis: oldest }) {
  const next = oldest > LONG && `Look whether ${service} reaches Kafka, and at what the broker refuses.`;
  return [service, count(events), span(oldest), next];
}
