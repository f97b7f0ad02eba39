// Markup in templates. What is put into one is text, whoever wrote it: nothing here makes markup out of strings.
import { h, render } from './preact.js';
import htm from './htm.js';

export const html = htm.bind(h);
export { render };
