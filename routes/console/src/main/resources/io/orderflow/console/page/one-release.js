// How far a release is, and what became of each of its events; it can be paused, resumed and stopped.
import { html } from './html.js';
import { change, read, roles } from './call.js';
import { Changes } from './changes.js';
import { Loaded, useAnswer, useEvery } from './loading.js';
import { Facts, Filters, Order, Page, Rows, State, Steps, count } from './parts.js';
import { place, to } from './route.js';
import { When } from './time.js';

const OVER = ['STOPPED', 'DONE'];
const RESULTS = ['', 'RELEASED', 'DISCARDED', 'FAILED_AGAIN', 'ALREADY_DONE', 'BEHIND_ANOTHER', 'TOO_LATE'];

const progressOf = async (role, id, query) => ({
  ...(await read(roles(role, 'releases', id))),
  page: await read(roles(role, 'releases', id, 'events'), query)
});

export default function OneRelease({ role, id }) {
  const answer = useAnswer(progressOf, role, id, place.value.query);
  useEvery(OVER.includes(answer.value?.release.state) ? 10_000 : 1000, answer.look);
  return html`
    <${Page} title=${'Release at ' + role}>
      <${Loaded} answer=${answer} show=${(progress) => html`
        <${Progress} ...${progress} />
        <${Changes} changes=${ways(role, progress.release)} onMade=${answer.again} />
        <${Events} role=${role} page=${progress.page} />`} />
    <//>`;
}

function Progress({ release, later }) {
  const tried = release.events - release.left;
  return html`
    <p>${release.action.toLowerCase()}: ${release.what} <${State} of=${release.state} /></p>
    <label>${count(tried)} of ${count(release.events)} tried
      <progress value=${tried} max=${Math.max(release.events, 1)} />
    </label>
    <${Facts} facts=${[
      ['Done', count(release.done)],
      ['Failed again', count(release.failed_again)],
      ['Already done', count(release.already_done)],
      ['Refused', count(release.refused)],
      ['Left', count(release.left)],
      ['A minute', count(release.per_minute)],
      ['Parked since', count(later)],
      ['By', release.caller],
      ['Reason', release.reason],
      ['Made', html`<${When} at=${release.created_at} />`],
      ['Ended', html`<${When} at=${release.ended_at} />`]
    ]} />`;
}

const STEPS = {
  pause: ['Pause', 'Nothing more is tried until somebody resumes it; after a while it is stopped.'],
  resume: ['Resume', 'It goes on where it stands.'],
  stop: ['Stop', 'What was not tried stays parked. It cannot be resumed.']
};

function ways(role, { id, state }) {
  const steps = { RUNNING: ['pause', 'stop'], WAITING: ['pause', 'stop'], PAUSED: ['resume', 'stop'] }[state] ?? [];
  return steps.map((step) => ({
    verb: STEPS[step][0],
    consequence: STEPS[step][1],
    make: (reason) => change(roles(role, 'releases', id, step), reason, 'operator.release')
  }));
}

function Events({ role, page }) {
  return html`
    <h2>Its events</h2>
    <${Filters} label="Which of its events" fields=${[{ name: 'result', label: 'Result', choices: RESULTS }]} />
    <${Rows} caption="Events, in the order in which they are tried" none="None is like this."
      heads=${['Place', 'Event', 'Order', 'Stands', 'Result', 'Why', 'Tried']}
      rows=${page.items.map((one) => [
        one.place,
        html`<a href=${to(['parked', role, one.event_id])}>${one.topic}</a> ${one.follower && 'follower'}`,
        html`<${Order} id=${one.order_id} />`,
        one.order_state,
        html`<${State} of=${one.result} />`,
        one.error,
        html`<${When} at=${one.tried_at} />`
      ])} />
    <${Steps} next=${page.next} />`;
}
