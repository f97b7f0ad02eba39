// What is asked in between: a reason before something is changed, and a token.
import { signal } from './signals.js';
import { useEffect, useRef } from './hooks.js';
import { html } from './html.js';
import { logIn, stayOut, wanted } from './session.js';

/** What is asked at the moment, or null. */
const question = signal(null);

/**
 * Asks whether something is to be done, and why.
 *
 * @return the reason, or null where it is not to be done
 */
export function askReason(title, consequence, verb) {
  return new Promise((resolve) => {
    question.value = { title, consequence, verb, resolve };
  });
}

function answerQuestion(reason) {
  question.value.resolve(reason);
  question.value = null;
}

export function Dialogs() {
  return html`
    ${question.value && html`<${ReasonDialog} ...${question.value} />`}
    ${wanted.value !== null && html`<${TokenDialog} why=${wanted.value} />`}`;
}

function ReasonDialog({ title, consequence, verb }) {
  return html`
    <${Dialog} title=${title} verb=${verb} onDone=${answerQuestion} onLeave=${() => answerQuestion(null)}>
      <p>${consequence}</p>
      <label>Reason, for the record of calls
        <input type="text" name="answer" required maxlength="500" pattern=".*\\S.*" autocomplete="off" />
      </label>
    <//>`;
}

function TokenDialog({ why }) {
  return html`
    <${Dialog} title="Log in" verb="Log in" onDone=${(text) => logIn(text.trim())} onLeave=${stayOut}>
      <p>${why} The token is kept in this page alone, until it is closed or loaded anew.</p>
      <label>Token
        <input type="password" name="answer" required autocomplete="off" />
      </label>
    <//>`;
}

/** A window before all others. It is left by Escape or Cancel, and done by Enter or its verb. */
function Dialog({ title, verb, onDone, onLeave, children }) {
  const element = useRef();
  useEffect(() => {
    const dialog = element.current;
    dialog.showModal();
    return () => dialog.close();
  }, []);
  const done = (event) => {
    event.preventDefault();
    onDone(new FormData(event.target).get('answer'));
  };
  const leave = (event) => {
    event.preventDefault();
    onLeave();
  };
  return html`
    <dialog ref=${element} aria-labelledby="dialog-title" onCancel=${leave}>
      <article>
        <h2 id="dialog-title">${title}</h2>
        <form onSubmit=${done}>
          ${children}
          <footer>
            <button type="button" class="second" onClick=${leave}>Cancel</button>
            <button type="submit">${verb}</button>
          </footer>
        </form>
      </article>
    </dialog>`;
}
