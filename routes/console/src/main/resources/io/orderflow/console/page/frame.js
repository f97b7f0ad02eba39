// What stands around each page: the way to the others, the search, who one is, and light or dark.
import { signal } from './signals.js';
import { useEffect } from './hooks.js';
import { html } from './html.js';
import { Dialogs } from './dialogs.js';
import { useAnswer, Loaded } from './loading.js';
import { Badge } from './parts.js';
import { place, to } from './route.js';
import { Search, focusSearch } from './search.js';
import { askForToken, logOut, token } from './session.js';
import { listen, overview } from './stream.js';

/** The pages, by the first part of their address; each is loaded when it is first opened. */
const PAGES = {
  overview: { name: 'Overview', load: () => import('./overview.js') },
  orders: { name: 'Orders', load: () => import('./orders.js') },
  stuck: { name: 'Stuck', load: () => import('./stuck.js'), tile: 'stuck' },
  parked: { name: 'Parked', load: () => import('./parked.js'), tile: 'parked' },
  releases: { name: 'Releases', load: () => import('./releases.js') },
  audit: { name: 'Audit', load: () => import('./audit.js') },
  flow: { name: 'Flow', load: () => import('./flow.js') },
  lag: { name: 'Lag', load: () => import('./lag.js'), tile: 'worst_lag' }
};

const theme = signal(null);

export function Frame() {
  useEffect(() => {
    listen();
    document.addEventListener('keydown', onKey);
  }, []);
  const page = PAGES[place.value.parts[0]];
  useEffect(() => {
    document.title = `orderflow: ${page?.name ?? 'no such page'}`;
  }, [page]);
  return html`
    <a class="skip" href="#main" onClick=${skip}>To the page itself</a>
    <header>
      <strong>orderflow</strong>
      <nav aria-label="Pages">
        <ul>${Object.entries(PAGES).map(([part, one]) => html`<li><${Way} part=${part} ...${one} /></li>`)}</ul>
      </nav>
      <${Search} />
      <${Who} />
      <button type="button" class="second" onClick=${turn}>${dark() ? 'Light' : 'Dark'}</button>
    </header>
    <main id="main">${page ? html`<${Opened} key=${page.name} page=${page} />` : html`<${NoPage} />`}</main>
    <${Dialogs} />`;
}

function Opened({ page }) {
  const answer = useAnswer(page.load);
  useEffect(() => {
    document.querySelector('main h1')?.focus({ preventScroll: true });
  }, [answer.value, place.value.parts.join('/')]);
  return html`<${Loaded} answer=${answer} show=${(module) => html`<${module.default} />`} />`;
}

function NoPage() {
  return html`<h1>There is no such page</h1><p><a href=${to(['overview'])}>Overview</a></p>`;
}

/** A way to a page, with its figure where that is not well. */
function Way({ part, name, tile }) {
  const figure = tile && overview.value?.tiles?.find((one) => one.name === tile);
  const alarming = figure?.state === 'warn' || figure?.state === 'bad';
  return html`
    <a href=${to([part])} aria-current=${place.value.parts[0] === part ? 'page' : undefined}>
      ${name} ${alarming && html`<${Badge} kind=${figure.state}>${figure.value}<//>`}
    </a>`;
}

function Who() {
  const change = token.value ? logOut : () => askForToken('Calls from this page go with a token.');
  return html`<button type="button" class="second" onClick=${change}>Log ${token.value ? 'out' : 'in'}</button>`;
}

function skip(event) {
  event.preventDefault();
  document.querySelector('main h1')?.focus();
}

function onKey(event) {
  const typing = event.target.closest('input, select, textarea, dialog');
  if (event.key === '/' && !typing) {
    event.preventDefault();
    focusSearch();
  }
}

const dark = () => (theme.value ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';

function turn() {
  theme.value = dark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme.value;
}
