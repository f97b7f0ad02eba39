// What could not be handled: what failed alike in all services, the events of one service, and one event.
import { html } from './html.js';
import { change, roles } from './call.js';
import { Changes } from './changes.js';
import { Loaded, Trouble, useAnswer } from './loading.js';
import { noneOf, ofEachRole, rowsOf } from './of-roles.js';
import OneEvent from './parked-event.js';
import { Badge, Filters, Order, Page, ROLES, Rows, State, Steps, count } from './parts.js';
import { place, to } from './route.js';
import { When } from './time.js';

const FIELDS = [
  { name: 'role', label: 'Service', choices: ROLES },
  { name: 'state', label: 'State', choices: ['PARKED', 'RELEASED', 'DISCARDED'] },
  { name: 'reason', label: 'Reason', choices: ['', 'FAILED', 'NOT_UNDERSTOOD', 'UNREADABLE', 'FOLLOWER'] },
  { name: 'type', label: 'Type', hint: 'OrderCreated' },
  { name: 'topic', label: 'Topic', hint: 'order_events' },
  { name: 'error_class', label: 'Failure', hint: 'PSQLException' },
  { name: 'group', label: 'Group', hint: '16 digits' },
  { name: 'order', label: 'Order', hint: 'its id' },
  { name: 'key', label: 'Key', hint: 'of its record' },
  { name: 'min_age', label: 'At least', hint: '10m parked' },
  { name: 'max_age', label: 'At most', hint: '2h parked' }
];

export default function Parked() {
  const { parts, query } = place.value;
  return parts[2] ? html`<${OneEvent} role=${parts[1]} id=${parts[2]} />` : html`
    <${Page} title="Parked">
      <${Groups} />
      <${Events} query=${query} />
      <${Refused} role=${query.role ?? ROLES[0]} />
    <//>`;
}

const groupsOfEach = () => ofEachRole((role) => rowsOf(role, ['parked', 'groups'], {}));

function Groups() {
  const answer = useAnswer(groupsOfEach);
  return html`
    <h2>What failed alike</h2>
    <${Loaded} answer=${answer} show=${(each) => html`
      ${each.map((one) => one.problem && html`<${Trouble} problem=${one.problem} />`)}
      <${Rows} caption="Groups" none=${each.some((one) => one.problem)
          ? 'Of those who answer, nothing is parked.' : 'Nothing is parked.'}
        heads=${['Service', 'Failure', 'Events', 'First', 'Last', 'Tried', 'Next']}
        rows=${each.flatMap((one) => one.value?.items ?? []).map(group)} />
      ${each.some((one) => one.value?.next) && html`<p>There are more groups than are shown.</p>`}`} />`;
}

function group(one) {
  const chosen = { role: one.service, group: one.group };
  return [
    one.service,
    one.error,
    html`<a href=${to(['parked'], chosen)}>${count(one.count)}${one.more && ' and more'}</a>`,
    html`<${When} at=${one.first_parked_at} />`,
    html`<${When} at=${one.last_parked_at} />`,
    html`<${When} at=${one.last_tried_at} />`,
    html`<a href=${to(['releases', 'new'], chosen)}>Release or discard</a>`
  ];
}

function Events({ query }) {
  const { role = ROLES[0], ...asked } = query;
  const answer = useAnswer(rowsOf, role, ['parked'], asked);
  const { after, state, ...chosen } = asked;
  return html`
    <h2>Events of ${role}</h2>
    <${Filters} label="Which events" fields=${FIELDS}>
      <a href=${to(['releases', 'new'], { role, ...chosen })}>Release or discard these</a>
    <//>
    <${Loaded} answer=${answer} show=${(page) => html`
      <${Rows} caption="Parked events, the longest parked first" none=${noneOf(role, page)}
        heads=${['Event', 'Order', 'Reason', 'Failure', 'Tries', 'Parked', 'State']} rows=${page.items.map(event)} />
      <${Steps} next=${page.next} />`} />`;
}

function event(one) {
  return [
    html`<a href=${to(['parked', one.service, one.id])}>${one.type ?? 'unreadable'}</a> <small>${one.topic}</small>`,
    html`<${Order} id=${one.order_id} />`,
    one.reason,
    one.error,
    one.attempts,
    html`<${When} at=${one.parked_at} />`,
    html`<${State} of=${one.state} />`
  ];
}

/** Events that the broker does not take: they wait for the topic to take them, or are given up. */
function Refused({ role }) {
  const answer = useAnswer(rowsOf, role, ['refused'], {});
  const discard = (one) => ({
    verb: 'Give up',
    consequence: `This ${one.type} is never sent: its order waits for it for ever, unless somebody settles it by hand.`,
    make: (reason) => change(roles(one.service, 'refused', one.id, 'discard'), reason, 'operator.release')
  });
  if (answer.problem) {
    return html`<${Trouble} problem=${answer.problem} />`;
  }
  return answer.value?.items.length > 0 && html`
    <h2>Refused by the broker</h2>
    <p>They go as soon as their topic takes them: let it take larger ones, or give them up.</p>
    <${Rows} caption="Refused events" heads=${['Event', 'Order', 'Bytes', 'Decided', 'Refused', 'Next']}
      rows=${answer.value.items.map((one) => [
        html`<${Badge} kind="bad">${one.type}<//> <small>${one.topic}</small>`,
        html`<${Order} id=${one.order_id} />`,
        count(one.bytes),
        html`<${When} at=${one.stored_at} />`,
        html`<${When} at=${one.refused_at} />`,
        html`<${Changes} key=${one.id} changes=${[discard(one)]} onMade=${answer.again} />`
      ])} />
    ${answer.value.next && html`<p>There are more than are shown.</p>`}`;
}
