// Puts the page into the document.
import { html, render } from './html.js';
import { Frame } from './frame.js';

render(html`<${Frame} />`, document.body);
