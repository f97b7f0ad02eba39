// What a page shows is read when it is opened, when what it asks for or who asks changes, and when somebody says so.
import { LoggedOut } from './call.js';
import { useEffect, useRef, useState } from './hooks.js';
import { html } from './html.js';
import { token } from './session.js';

/**
 * What `load` gives for these arguments: `value` or `problem`, neither while it is read for the first time. `again`
 * reads once more; `look`, for those who do so now and then, only where nothing is being read and nobody has to log in.
 */
export function useAnswer(load, ...asked) {
  const key = JSON.stringify(asked);
  const [answer, setAnswer] = useState({});
  const [turn, setTurn] = useState(0);
  const reading = useRef(null);
  useEffect(() => {
    const mine = {};
    const told = (said) => {
      if (reading.current === mine) {
        reading.current = null;
        setAnswer({ key, ...said });
      }
    };
    reading.current = mine;
    load(...asked).then((value) => told({ value }), (problem) => told({ problem }));
    return () => {
      if (reading.current === mine) {
        reading.current = null;
      }
    };
  }, [key, turn, token.value]);
  const again = () => setTurn((before) => before + 1);
  const look = () => reading.current || answer.problem instanceof LoggedOut || again();
  return { ...(answer.key === key ? answer : {}), again, look };
}

/** Does something now and then, while it is shown. */
export function useEvery(millis, action) {
  useEffect(() => {
    const timer = setInterval(action, millis);
    return () => clearInterval(timer);
  });
}

/** The answer by `show`; before it comes, that it is read; in its place, why there is none. */
export function Loaded({ answer, show }) {
  if (answer.problem) {
    return html`<${Trouble} problem=${answer.problem} />`;
  }
  return answer.value === undefined ? html`<p aria-busy="true">Reading…</p>` : show(answer.value);
}

/** A problem, with what to do next. */
export function Trouble({ problem }) {
  return problem && html`
    <div role="alert" class="trouble">
      <strong>${problem.message}.</strong> ${problem.detail} ${problem.next && html`<br />${problem.next}`}
    </div>`;
}
