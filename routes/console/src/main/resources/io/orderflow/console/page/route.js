// Where one is: the part of the address behind #, as #/orders?state=PENDING. Each page and each filter has an address,
// which can be kept, sent, and gone back to.
import { signal } from './signals.js';

/** The place: its parts, the first of which names the page, and what is asked for behind the question mark. */
export const place = signal(read());

window.addEventListener('hashchange', () => {
  place.value = read();
});

function read() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter(Boolean).map(decoded);
  return { parts: parts.length ? parts : ['overview'], query: Object.fromEntries(new URLSearchParams(query)) };
}

/** Somebody may have typed it. */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a place. What is empty is not asked for. */
export function to(parts, query = {}) {
  const asked = queryOf(query);
  return '#/' + parts.map(encodeURIComponent).join('/') + (asked && '?' + asked);
}

export function go(parts, query) {
  location.hash = to(parts, query);
}

export function queryOf(values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return new URLSearchParams(given).toString();
}
