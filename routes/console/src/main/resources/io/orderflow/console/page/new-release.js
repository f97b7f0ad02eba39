// A release of many is made in two steps: a dry run says what it would come to, and only what it said is let go.
import { useRef, useState } from './hooks.js';
import { html } from './html.js';
import { change, roles } from './call.js';
import { Trouble } from './loading.js';
import { Facts, Page, ROLES, count } from './parts.js';
import { go } from './route.js';

export default function NewRelease({ query: { role = ROLES[0], ...chosen } }) {
  const [plan, setPlan] = useState(null);
  const [problem, setProblem] = useState(null);
  const [busy, setBusy] = useState(false);

  const asking = useRef(false);
  const typed = useRef(0);

  const ask = async (asked) => {
    if (asking.current) {
      return null;
    }
    asking.current = true;
    setBusy(true);
    setProblem(null);
    try {
      const query = { ...chosen, ...asked.how, service: role };
      return await change(roles(role, 'releases'), asked.reason, 'operator.release', query);
    } catch (refused) {
      setPlan(null);
      setProblem(refused);
      return null;
    } finally {
      asking.current = false;
      setBusy(false);
    }
  };
  const forget = () => {
    typed.current++;
    setPlan(null);
  };
  const run = async (event) => {
    event.preventDefault();
    const { reason, ...how } = Object.fromEntries(new FormData(event.target));
    const before = typed.current;
    const said = await ask({ reason, how: { ...how, dry_run: true } });
    setPlan(said && typed.current === before ? { reason, how, said } : null);
  };
  const start = async () => {
    const { reason, how, said } = plan;
    const made = await ask({ reason, how: { ...how, count: said.matches, before: said.before } });
    if (made) {
      go(['releases', role, made.id]);
    }
  };
  return html`
    <${Page} title=${'Release or discard what is parked at ' + role}>
      <p>Chosen: ${inWords(chosen) || 'all that is parked there'}.</p>
      <${Form} onSubmit=${run} onInput=${forget} busy=${busy} />
      <${Trouble} problem=${problem} />
      ${plan && html`<${Plan} said=${plan.said} onStart=${start} busy=${busy} />`}
    <//>`;
}

const inWords = (chosen) => Object.entries(chosen).map(([name, value]) => `${name} ${value}`).join(', ');

/** What was typed after a dry run needs another one. */
function Form({ onSubmit, onInput, busy }) {
  return html`
    <form class="filters" aria-label="The release" onSubmit=${onSubmit} onInput=${onInput}>
      <label>Do <${Choice} name="action" choices=${{ RELEASE: 'release', DISCARD: 'discard' }} /></label>
      <label>First <input type="number" name="first" min="1" placeholder="all" /></label>
      <label>A minute <input type="number" name="per_minute" min="1" max="60000" defaultValue="600" /></label>
      <label>And what waits behind
        <${Choice} name="followers" choices=${{ '': 'as usual', true: 'yes', false: 'no' }} />
      </label>
      <label class="wide">Reason
        <input type="text" name="reason" required maxlength="500" pattern=".*\\S.*" autocomplete="off" />
      </label>
      <button type="submit" aria-busy=${busy}>Dry run</button>
    </form>`;
}

function Choice({ name, choices }) {
  return html`
    <select name=${name}>
      ${Object.entries(choices).map(([value, words]) => html`<option value=${value}>${words}</option>`)}
    </select>`;
}

function Plan({ said, onStart, busy }) {
  const isDiscard = said.action === 'DISCARD';
  return html`
    <h2>It would come to</h2>
    <${Facts} facts=${[
      ['Events', count(said.events)],
      ['Of orders', count(said.orders)],
      ['Behind others', count(said.followers)],
      ['Settled already', count(said.already_done)],
      ['Too late', count(said.too_late)],
      ['Behind one that stays', count(said.behind_another)],
      ['Parked before', said.before]
    ]} />
    ${said.behind_another > 0 && html`<p>What waits behind one that stays is refused: choose that one, too.</p>`}
    ${said.too_late > 0 && html`<p>What is too late is refused: settle its orders by hand, and discard it.</p>`}
    <p role="status">Nothing is done yet. ${isDiscard && 'What is discarded ends without an effect, for ever.'}</p>
    <button type="button" onClick=${onStart} aria-busy=${busy} disabled=${busy || said.events === 0}>
      ${isDiscard ? 'Discard' : 'Release'} ${count(said.events)}
    </button>`;
}
