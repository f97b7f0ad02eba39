// Buttons that change something: each asks for a reason first, and says what came of it.
import { useState } from './hooks.js';
import { html } from './html.js';
import { askReason } from './dialogs.js';
import { Trouble } from './loading.js';

/**
 * A button of each change: `verb`, a `consequence` that it tells before, and `make`, which is called with the reason.
 * `onMade` hears of it when it is made.
 */
export function Changes({ changes, onMade }) {
  const [problem, setProblem] = useState(null);
  const [made, setMade] = useState(null);
  const start = async ({ verb, consequence, make }) => {
    setProblem(null);
    setMade(null);
    const reason = await askReason(verb + '?', consequence, verb);
    if (reason === null) {
      return;
    }
    try {
      onMade(await make(reason));
      setMade(verb + ': done.');
    } catch (refused) {
      setProblem(refused);
    }
  };
  return html`
    <div class="changes">
      ${changes.map((one) => html`<button type="button" onClick=${() => start(one)}>${one.verb}…</button>`)}
      <span role="status">${made}</span>
    </div>
    <${Trouble} problem=${problem} />`;
}
