// Orders that have waited for too long, with the likely cause of each and what to do next.
import { html } from './html.js';
import { read } from './call.js';
import { Loaded, useAnswer } from './loading.js';
import { Badge, Page, Steps } from './parts.js';
import { place, to } from './route.js';
import { Stories } from './stories.js';

/** What is likely the cause in words, and where to go on. */
const CAUSES = {
  PARKED: ['parked', (one) => html`<a href=${parked(one)}>Look at what is parked</a>, and release it.`],
  ROLE_AWAY: ['role away', (one) => `Look at the pods and the log of ${one.cause_role}.`],
  STOPPED_ROUTE: ['stopped', (one) => html`See <a href=${to(['flow'])}>the flow</a> and the log of ${one.cause_role}.`],
  PROVIDER_AWAY: ['provider away', () => 'Wait, or look at the provider: it is called until it answers.'],
  LAG: ['behind', (one) => html`See <a href=${to(['lag'])}>the lag</a>; ${one.cause_role} may need more instances.`],
  UNKNOWN: ['unknown', (one) => html`<a href=${to(['orders', one.order_id])}>Read its story</a>, then logs.`]
};

function parked(one) {
  const owed = one.waits_for.find(({ parked }) => parked?.length);
  const search = { role: one.cause_role, order: one.order_id };
  return owed ? to(['parked', owed.service, owed.parked[0]]) : to(['parked'], search);
}

export default function Stuck() {
  const answer = useAnswer(read, 'console/stuck', place.value.query);
  return html`
    <${Page} title="Stuck">
      <p>Orders that have waited for too long, the longest first.</p>
      <${Loaded} answer=${answer} show=${(page) => html`
        <${Stories} items=${page.items} caption="Stuck orders" none="Nobody is stuck."
          heads=${['Likely cause', 'Next']} more=${likely} />
        <${Steps} next=${page.next} />`} />
    <//>`;
}

function likely(one) {
  const [word, next] = CAUSES[one.cause] ?? CAUSES.UNKNOWN;
  return [html`<${Badge} kind="bad">${word}<//> <small>${one.why}</small>`, next(one)];
}
