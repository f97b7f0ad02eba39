// Small parts that every page is made of.
import { html } from './html.js';
import { go, place, to } from './route.js';

export const ROLES = ['orders', 'payments', 'inventory', 'notifications', 'console'];

/** A page: its heading, and what is below it. */
export function Page({ title, children }) {
  return html`<h1 tabindex="-1">${title}</h1>${children}`;
}

/**
 * A table. A row is its cells; `heads` names them. It scrolls by itself where a window is narrow, and so can be reached
 * by the keyboard.
 */
export function Rows({ caption, heads, rows, none }) {
  if (rows.length === 0) {
    return html`<p>${none}</p>`;
  }
  return html`
    <div class="rows" role="region" aria-label=${caption} tabindex="0">
      <table>
        <caption>${caption}</caption>
        <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
        <tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
      </table>
    </div>`;
}

/** The way through a list: by the place behind its last row, so that what comes meanwhile shifts nothing. */
export function Steps({ next }) {
  const { parts, query } = place.value;
  const { after, ...first } = query;
  return (after || next) && html`
    <nav class="steps" aria-label="Pages of the list">
      ${after && html`<a href=${to(parts, first)}>First page</a>`}
      ${next && html`<a href=${to(parts, { ...query, after: next })} rel="next">Next page</a>`}
    </nav>`;
}

/**
 * What a list is asked for, as a form. A field has a name, a label, and choices where it is one of few. It is applied
 * as a new address, from the list's beginning.
 */
export function Filters({ fields, label, children }) {
  const { parts, query } = place.value;
  const apply = (event) => {
    event.preventDefault();
    go(parts, Object.fromEntries(new FormData(event.target)));
  };
  return html`
    <form class="filters" aria-label=${label} key=${JSON.stringify(query)} onSubmit=${apply}>
      ${fields.map((field) => html`<label>${field.label} <${Field} ...${field} value=${query[field.name]} /></label>`)}
      <button type="submit">Show</button>
      ${children}
    </form>`;
}

function Field({ name, choices, value, hint }) {
  if (!choices) {
    return html`<input type="text" name=${name} defaultValue=${value} placeholder=${hint} autocomplete="off" />`;
  }
  return html`
    <select name=${name}>
      ${choices.map((one) => html`<option value=${one} selected=${one === (value ?? '')}>${one || 'any'}</option>`)}
    </select>`;
}

export const Order = ({ id }) => (id ? html`<a href=${to(['orders', id])}><code>${id}</code></a>` : '–');

/** A word for how something stands; its colour says no more than the word. */
export const Badge = ({ kind, children }) => html`<span class=${'badge ' + kind}>${children}</span>`;

const KINDS = {
  CONFIRMED: 'ok', RELEASED: 'ok', DONE: 'ok', PENDING: 'plain', RUNNING: 'plain', WAITING: 'plain',
  PAUSED: 'warn', STOPPED: 'warn', CANCELLED: 'warn', DISCARDED: 'warn', PARKED: 'bad', FAILED_AGAIN: 'bad'
};

export const State = ({ of }) => (of ? html`<${Badge} kind=${KINDS[of] ?? 'plain'}>${of}<//>` : '–');

/** Facts, each with its name. */
export function Facts({ facts }) {
  return html`
    <dl class="facts">
      ${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value ?? '–'}</dd></div>`)}
    </dl>`;
}

export const count = (number) => (number ?? null) === null ? '–' : Number(number).toLocaleString('en-US');

/** €25.80, out of minor units; what a currency's smaller unit is, the browser knows. */
export function money(minor, currency) {
  if ((minor ?? null) === null) {
    return null;
  }
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  return format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits);
}
