// Who one is: a token, which lives in this page's memory and nowhere else. It is asked for when a call is refused for
// want of one, so that a place without tokens never asks.
import { signal } from './signals.js';

export const token = signal(null);

/** Why a token is asked for, while it is. */
export const wanted = signal(null);

let answers = [];

/** Asks for a token; calls that are refused together ask once. Resolves to whether one was given. */
export function askForToken(why) {
  wanted.value = why;
  return new Promise((resolve) => answers.push(resolve));
}

export function logIn(text) {
  token.value = text;
  answer(true);
}

export function stayOut() {
  answer(false);
}

export function logOut() {
  token.value = null;
}

/** Resolves when somebody has logged in or out. */
export function anotherToken() {
  const before = token.peek();
  return new Promise((resolve) => {
    const stop = token.subscribe((value) => {
      if (value !== before) {
        resolve();
        queueMicrotask(() => stop());
      }
    });
  });
}

function answer(given) {
  wanted.value = null;
  const waiting = answers;
  answers = [];
  waiting.forEach((resolve) => resolve(given));
}
