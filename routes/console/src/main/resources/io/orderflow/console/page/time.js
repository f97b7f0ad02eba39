// Times as people read them: always in UTC, with their age beside them.
import { signal } from './signals.js';
import { html } from './html.js';

/** The time by the server's clock, as far as its answers tell; a browser's own may be wrong. */
export const now = signal(Date.now());

let ahead = 0;

/** From the Date of an answer, which has whole seconds: less than two of difference is none. */
export function setClock(date) {
  const difference = Date.parse(date) - Date.now();
  ahead = Math.abs(difference) > 2000 ? difference : 0;
}

setInterval(() => {
  now.value = Date.now() + ahead;
}, 1000);

/** 412 ms, 3.2 s, 4 min 12 s, 3 h 5 min, 12 d 4 h. */
export function span(millis) {
  const all = Math.abs(millis);
  const sign = millis < 0 ? '-' : '';
  if (all < 1000) {
    return sign + Math.round(all) + ' ms';
  }
  if (all < 60_000) {
    return sign + (all / 1000).toFixed(all < 10_000 ? 1 : 0) + ' s';
  }
  const units = [['d', 86_400_000], ['h', 3_600_000], ['min', 60_000], ['s', 1000]];
  const first = units.findIndex(([, length]) => all >= length);
  const [[large, length], [small, rest]] = units.slice(first, first + 2);
  const more = Math.floor((all % length) / rest);
  return sign + Math.floor(all / length) + ' ' + large + (more ? ` ${more} ${small}` : '');
}

export const millisSince = (time) => now.value - Date.parse(time);

/** How long ago; the clocks of others may be ahead. */
export const age = (time) => span(Math.max(0, Math.floor(millisSince(time) / 1000) * 1000));

/** 2026-11-24 06:10:02.001Z */
export const utc = (time) => new Date(time).toISOString().replace('T', ' ');

/** A time, and for how long it has been. */
export function When({ at }) {
  return at ? html`<time datetime=${at}>${utc(at).replace(/\.\d+Z$/, 'Z')} <small>${age(at)} ago</small></time>` : '–';
}

/** How long something has lasted. */
export function Since({ at }) {
  return at ? html`<time datetime=${at} title=${utc(at)}>${age(at)}</time>` : '–';
}
