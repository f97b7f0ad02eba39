// The figures as they come: one stream of the overview for the whole page. It is read by fetch, which can send a token,
// is taken up where it ended, and waits longer each time that it is refused.
import { signal } from './signals.js';
import { LoggedOut, fetched } from './call.js';
import { anotherToken } from './session.js';

/** The newest overview, or null before the first. */
export const overview = signal(null);

/** Why there is none at the moment, or null. */
export const silence = signal(null);

/** What was told since this page was opened, the oldest first, of at most ten minutes. */
export const told = signal([]);

const MOST = 300;
const LONGEST_PAUSE = 30_000;

let lastId = null;

/** Reads for as long as the page is open. */
export async function listen() {
  let pause = 1000;
  for (;;) {
    try {
      await readStream(() => {
        pause = 1000;
      });
    } catch (problem) {
      silence.value = problem;
      if (problem instanceof LoggedOut) {
        await anotherToken();
      }
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }
}

async function readStream(onEvent) {
  const headers = { Accept: 'text/event-stream', ...(lastId && { 'Last-Event-ID': lastId }) };
  const answer = await fetched('GET', 'console/stream', 'operator.read', undefined, headers);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    const blocks = (rest + value).split(/\r?\n\r?\n/);
    rest = blocks.pop();
    for (const block of blocks) {
      take(block);
      onEvent();
    }
  }
}

/** An event of the stream; a comment, which keeps it open, has no data. */
function take(block) {
  const lines = block.split(/\r?\n/).map((line) => line.split(/: ?(.*)/s));
  const valuesOf = (name) => lines.filter(([key]) => key === name).map(([, value]) => value);
  lastId = valuesOf('id').pop() ?? lastId;
  const data = valuesOf('data').join('\n');
  if (data) {
    overview.value = JSON.parse(data);
    silence.value = null;
    told.value = [...told.value.slice(1 - MOST), overview.value];
  }
}
