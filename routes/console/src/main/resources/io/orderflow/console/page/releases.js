// Releases of many parked events: those there are, a new one, and how far one is.
import { html } from './html.js';
import { useAnswer, Loaded } from './loading.js';
import NewRelease from './new-release.js';
import { rowsOf } from './of-roles.js';
import OneRelease from './one-release.js';
import { Filters, Page, ROLES, Rows, State, Steps, count } from './parts.js';
import { place, to } from './route.js';
import { When } from './time.js';

export default function Releases() {
  const { parts, query } = place.value;
  if (parts[1] === 'new') {
    return html`<${NewRelease} key=${JSON.stringify(query)} query=${query} />`;
  }
  return parts[2] ? html`<${OneRelease} role=${parts[1]} id=${parts[2]} />` : html`<${List} query=${query} />`;
}

const HEADS = ['Made', 'What', 'State', 'Done', 'Failed again', 'Left', 'By', 'Reason'];

function List({ query }) {
  const { role = ROLES[0], ...asked } = query;
  const answer = useAnswer(rowsOf, role, ['releases'], asked);
  return html`
    <${Page} title="Releases">
      <${Filters} label="Whose releases" fields=${[{ name: 'role', label: 'Service', choices: ROLES }]} />
      <${Loaded} answer=${answer} show=${(page) => html`
        <${Rows} caption="Releases, the newest first" none=${`There is none of ${role}; begin one at what is parked.`}
          heads=${HEADS} rows=${page.items.map(row)} />
        <${Steps} next=${page.next} />`} />
    <//>`;
}

function row(one) {
  return [
    html`<${When} at=${one.created_at} />`,
    html`<a href=${to(['releases', one.service, one.id])}>${one.action.toLowerCase()}: ${one.what}</a>`,
    html`<${State} of=${one.state} />`,
    `${count(one.done)} of ${count(one.events)}`,
    count(one.failed_again),
    count(one.left),
    one.caller,
    one.reason
  ];
}
