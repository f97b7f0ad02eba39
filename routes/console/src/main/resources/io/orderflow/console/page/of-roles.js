// What roles say of themselves. Those of one process answer for each other: of an answer a role's own is taken.
import { read, roles } from './call.js';
import { ROLES } from './parts.js';

const ENOUGH = 20;
const MOST_READS = 10;

/** A page of what is this role's: where others fill the pages, several are read for one. */
export async function rowsOf(role, path, query) {
  const rows = [];
  let next = query.after;
  for (let reads = 0; reads < MOST_READS && rows.length < ENOUGH; reads++) {
    const page = await read(roles(role, ...path), { limit: 100, ...query, after: next });
    rows.push(...page.items.filter((one) => one.service === role));
    next = page.next;
    if (!next) {
      break;
    }
  }
  return { items: rows, next };
}

/** What a page says that has no row: it may be that others of the same process fill what was read. */
export const noneOf = (role, { next }) =>
  next
    ? `None of ${role} so far: others of its process fill what was read. See the next page.`
    : `Nothing of ${role} is like this.`;

/** What `load` gives for each role: its `value`, or the `problem`. */
export async function ofEachRole(load) {
  const answers = await Promise.allSettled(ROLES.map(load));
  return answers.map(({ value, reason }, i) => ({ role: ROLES[i], value, problem: reason }));
}
