// The search that is on every page: an order, an event or a trace by its id.
import { signal } from './signals.js';
import { html } from './html.js';
import { read } from './call.js';
import { go } from './route.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TRACE = /^[0-9a-f]{32}$/;

/** What is wrong with what was typed, or null. */
const answer = signal(null);

export function focusSearch() {
  document.querySelector('#search').focus();
}

export function Search() {
  const search = (event) => {
    event.preventDefault();
    find(new FormData(event.target).get('id').trim()).then(
      (said) => (answer.value = said),
      (problem) => (answer.value = problem.message)
    );
  };
  return html`
    <form class="search" role="search" onSubmit=${search}>
      <input id="search" type="search" name="id" aria-label="Order, event or trace" aria-describedby="found"
        placeholder="Order, event or trace ( / )" autocomplete="off" />
      <small id="found" role="status">${answer.value}</small>
    </form>`;
}

/** Goes to what has this id, or says why not. */
async function find(id) {
  if (TRACE.test(id)) {
    go(['orders'], { trace: id });
    return null;
  }
  if (!UUID.test(id)) {
    return 'Neither an id of an order or event nor a trace.';
  }
  for (const name of ['order', 'event']) {
    const [found] = (await read('orders', { [name]: id })).items;
    if (found) {
      go(['orders', found.order_id]);
      return null;
    }
  }
  // Console may not have heard of it yet.
  await read('console/orders/' + id);
  go(['orders', id]);
  return null;
}
