// One event that could not be handled: why, what it says, what waits behind it, and what was done to it.
import { useState } from './hooks.js';
import { html } from './html.js';
import { change, read, roles } from './call.js';
import { Changes } from './changes.js';
import { Loaded, useAnswer } from './loading.js';
import { Badge, Facts, Order, Page, Rows, State, count } from './parts.js';
import { to } from './route.js';
import { When } from './time.js';

export default function OneEvent({ role, id }) {
  const answer = useAnswer(read, roles(role, 'parked', id));
  return html`
    <${Page} title=${'Parked event of ' + role}>
      <${Loaded} answer=${answer}
        show=${(whole) => html`<${Whole} role=${role} whole=${whole} again=${answer.again} />`} />
    <//>`;
}

function Whole({ role, whole, again }) {
  const { event } = whole;
  return html`
    <${Facts} facts=${[
      ['State', html`<${State} of=${event.state} />`],
      ['Event', event.type ?? 'unreadable'],
      ['Order', html`<${Order} id=${event.order_id} />`],
      ['Key', html`<code>${event.key || 'none'}</code>`],
      ['Record', html`<code>${event.topic}-${event.partition}@${event.offset}</code>`],
      ['Reason', event.reason],
      ['Tries', event.attempts],
      ['Parked', html`<${When} at=${event.parked_at} />`],
      ['Settled', html`<${When} at=${event.settled_at} />`],
      ['SHA-256', html`<code>${whole.sha256}</code>`]
    ]} />
    ${event.error && html`<p><${Badge} kind="bad">${event.error_class ?? 'failed'}<//> ${event.error}</p>`}
    ${whole.behind && html`
      <p>Release or discard <a href=${to(['parked', role, whole.behind])}>what it waits behind</a> first.</p>`}
    ${event.state === 'PARKED' && html`<${Changes} changes=${ways(role, event)} onMade=${again} />`}
    <${Done} role=${role} steps=${whole.timeline ?? []} />
    <${Followers} role=${role} followers=${whole.followers ?? []} more=${whole.more_followers} />
    <${Rows} caption="Headers" heads=${['Name', 'Value', 'Bytes']}
      none=${whole.withheld ? 'Its headers are withheld.' : 'It has no headers.'}
      rows=${(whole.headers ?? []).map((one) => [one.name, html`<code>${one.text ?? one.hex}</code>`, one.bytes])} />
    <${Payload} role=${role} id=${event.id} />
    ${whole.stack && html`<h2>Where it failed</h2><pre tabindex="0">${whole.stack}</pre>`}`;
}

function ways(role, event) {
  return [
    {
      verb: 'Release',
      consequence: 'It is handled once more, now. What waits behind it goes after it.',
      make: (reason) => change(roles(role, 'parked', event.id, 'release'), reason, 'operator.release')
    },
    {
      verb: 'Discard',
      consequence: 'It ends without an effect and counts as handled: nobody can bring it back.',
      make: (reason) => change(roles(role, 'parked', event.id, 'discard'), reason, 'operator.release')
    }
  ];
}

function Done({ role, steps }) {
  return html`
    <${Rows} caption="What was done to it" heads=${['At', 'What', 'By', 'Reason', 'Release']} none="Nothing."
      rows=${steps.map((one) => [
        html`<${When} at=${one.at} />`,
        html`<${State} of=${one.what} />`,
        one.caller,
        one.reason,
        one.release && html`<a href=${to(['releases', role, one.release])}>of many</a>`
      ])} />`;
}

function Followers({ role, followers, more }) {
  return html`
    <${Rows} caption=${'What waits behind it' + (more ? ', the first of many' : '')} none="Nothing waits behind it."
      heads=${['Event', 'Reason', 'Parked']}
      rows=${followers.map((one) => [
        html`<a href=${to(['parked', role, one.id])}>${one.type ?? 'unreadable'}</a>`,
        one.reason,
        html`<${When} at=${one.parked_at} />`
      ])} />`;
}

/** Its value, a part at a time, as text or in hexadecimal digits. */
function Payload({ role, id }) {
  const [part, setPart] = useState({ from: 0, as: 'TEXT' });
  const answer = useAnswer(read, roles(role, 'parked', id, 'payload'), part);
  const button = (name, change) => html`
    <button type="button" class="second" onClick=${() => setPart({ ...part, ...change })}>${name}</button>`;
  return html`
    <h2>Value</h2>
    <${Loaded} answer=${answer} show=${(said) => html`
      <pre tabindex="0">${said.withheld ? 'It is withheld: it can be erased.' : said.value ?? 'It has none.'}</pre>
      <p>
        <small>Bytes ${count(said.from)} to ${count(said.from + said.bytes)} of ${count(said.size)} </small>
        ${part.as === 'TEXT' ? button('As digits', { as: 'HEX', from: 0 }) : button('As text', { as: 'TEXT', from: 0 })}
        ${part.from > 0 && button('First bytes', { from: 0 })}
        ${said.next && button('Next bytes', { from: said.next })}
      </p>`} />`;
}
