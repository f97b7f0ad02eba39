// Calls to the operators' port. What comes back is a value, or a Problem that a person can read and act on.
import { queryOf } from './route.js';
import { askForToken, token } from './session.js';
import { setClock } from './time.js';

/** Why a call got no better answer, and what to do about it. */
export class Problem extends Error {
  constructor(title, detail, next) {
    super(title);
    this.detail = detail;
    this.next = next;
  }
}

/** The one problem that only another token ends. */
export class LoggedOut extends Problem {}

/** Paths are of this page's folder, /ops, so that the page goes where its port goes. */
export async function read(path, query = {}) {
  return (await fetched('GET', withQuery(path, query), 'operator.read')).json();
}

export async function readFile(path, query) {
  return (await fetched('GET', withQuery(path, query), 'operator.read')).blob();
}

/** Changes something, for a reason that goes on record. `right` is what the caller's token has to have. */
export async function change(path, reason, right, query = {}) {
  return (await fetched('POST', withQuery(path, query), right, JSON.stringify({ reason }))).json();
}

/** A role's own call, handed on by console: roles('orders', 'parked') is /ops/parked of orders. */
export const roles = (role, ...path) => ['console', 'roles', role, ...path].map(encodeURIComponent).join('/');

function withQuery(path, query) {
  const asked = queryOf(query);
  return path + (asked && '?' + asked);
}

/** Fetches, and asks for a token as often as one is missing or not taken. */
export async function fetched(method, path, right, body, headers) {
  for (;;) {
    const sent = token.value;
    const answer = await answered(method, path, sent, body, headers);
    if (answer.ok) {
      return answer;
    }
    const problem = await answer.json().catch(() => ({}));
    if (answer.status !== 401) {
      throw told(answer.status, problem, right, method);
    }
    const another = token.value !== sent || (await askForToken(problem.detail ?? 'This call needs a token.'));
    if (!another) {
      throw new LoggedOut('Nobody is logged in', problem.detail, 'Log in with a token that has ' + right + '.');
    }
  }
}

async function answered(method, path, bearer, body, headers) {
  const all = { Accept: 'application/json', ...headers };
  if (bearer) {
    all.Authorization = 'Bearer ' + bearer;
  }
  if (body) {
    all['Content-Type'] = 'application/json';
  }
  try {
    const answer = await fetch(path, { method, body, headers: all, cache: 'no-store' });
    setClock(answer.headers.get('Date'));
    return answer;
  } catch (error) {
    throw new Problem('Console does not answer', error.message, 'Look whether it runs and is ready.' + lost(method));
  }
}

/** Nobody heard how a change ended that was sent. */
const lost = (method) =>
  method === 'GET' ? '' : ' What you asked for may have been done: look (releases, audit) before you ask again.';

function told(status, problem, right, method) {
  const said = [problem.detail, ...(problem.errors ?? []).map((one) => one.pointer + ' ' + one.detail)];
  const next = NEXT[status]?.(right, problem, method);
  return new Problem(problem.title ?? 'HTTP ' + status, said.filter(Boolean).join('; '), next);
}

const away = (right, problem, method) =>
  'The role does not answer: look at its pods, its log, and the address that console has of it.' + lost(method);

/** What to do about a refusal. */
const NEXT = {
  403: (right) => `The token needs the right ${right}. Ask for it, or let somebody do this who has it.`,
  404: () => 'It may be of another service, or older than what is kept.',
  409: () => 'Somebody or something was faster: load the page anew and look.',
  422: () => 'Correct it, or make the dry run anew: what matches may have changed.',
  429: () => 'Wait a moment.',
  500: (right, problem) => `Look for ${problem.instance ?? 'it'} in the log of the service.`,
  502: away,
  503: away,
  504: away
};
