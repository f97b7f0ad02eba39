// What operators did, with the reasons they gave, and all of it as a file.
import { useState } from './hooks.js';
import { html } from './html.js';
import { readFile, roles } from './call.js';
import { Loaded, Trouble, useAnswer } from './loading.js';
import { rowsOf } from './of-roles.js';
import { Filters, Page, ROLES, Rows, Steps } from './parts.js';
import { place } from './route.js';
import { When } from './time.js';

const FIELDS = [
  { name: 'role', label: 'Service', choices: ROLES },
  { name: 'caller', label: 'Caller', hint: 'as in the token' },
  { name: 'action', label: 'Action', hint: 'ops.discard-parked' },
  { name: 'target', label: 'Path', hint: '/ops/parked/' },
  { name: 'since', label: 'Since', hint: '2026-11-24T06:00:00Z' },
  { name: 'until', label: 'Until', hint: '2026-11-24T07:00:00Z' }
];

const HEADS = ['At', 'Caller', 'Action', 'Path', 'Reason', 'Result', 'Before', 'After'];

export default function Audit() {
  const { role = ROLES[0], ...asked } = place.value.query;
  const answer = useAnswer(rowsOf, role, ['audit'], asked);
  return html`
    <${Page} title="Audit">
      <${Filters} label="Which calls" fields=${FIELDS}>
        <${Download} role=${role} asked=${asked} />
      <//>
      <${Loaded} answer=${answer} show=${(page) => html`
        <${Rows} caption="Calls, the newest first" none=${`No call at ${role} is like this.`} heads=${HEADS}
          rows=${page.items.map(row)} />
        <${Steps} next=${page.next} />`} />
    <//>`;
}

function row(one) {
  return [
    html`<${When} at=${one.at} />`,
    html`${one.caller} <small>${one.roles}</small>`,
    one.action,
    html`<code>${one.target}</code>`,
    one.reason,
    one.result,
    one.before,
    one.after
  ];
}

/** A link could not send the token, so that the file is fetched and then handed to the browser. */
function Download({ role, asked: { after, ...filters } }) {
  const [problem, setProblem] = useState(null);
  const save = async () => {
    setProblem(null);
    try {
      const address = URL.createObjectURL(await readFile(roles(role, 'audit.csv'), filters));
      Object.assign(document.createElement('a'), { href: address, download: `audit-${role}.csv` }).click();
      URL.revokeObjectURL(address);
    } catch (refused) {
      setProblem(refused);
    }
  };
  return html`
    <button type="button" class="second" onClick=${save}>As CSV</button>
    <${Trouble} problem=${problem} />`;
}
