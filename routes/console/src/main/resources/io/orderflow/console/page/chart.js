// A chart of what was told since the page was opened. Its newest figures stand below it in words.
import { useEffect, useRef } from './hooks.js';
import { html } from './html.js';
import uPlot from './uplot.js';

const HEIGHT = 200;

/**
 * @param title what it shows
 * @param unit of its values
 * @param lines each with a label, the name of its colour among the page's, and its value of an overview
 */
export function Chart({ title, unit, lines, told }) {
  const holder = useRef();
  const chart = useRef();
  useEffect(() => {
    chart.current = new uPlot(options(holder.current, unit, lines), data(lines, told), holder.current);
    const fit = new ResizeObserver(() => chart.current.setSize({ width: holder.current.clientWidth, height: HEIGHT }));
    fit.observe(holder.current);
    return () => {
      fit.disconnect();
      chart.current.destroy();
    };
  }, []);
  useEffect(() => chart.current.setData(data(lines, told)), [told]);
  return html`
    <figure class="chart">
      <figcaption>${title}</figcaption>
      <div ref=${holder} aria-hidden="true"></div>
      <ul>${lines.map((line) => html`
        <li><i class=${line.colour}></i>${line.label} <strong>${newest(line, told)}</strong></li>`)}
      </ul>
    </figure>`;
}

function newest(line, told) {
  const value = told.length ? line.value(told[told.length - 1]) : null;
  return (value ?? null) === null ? '–' : line.show(value);
}

/** In columns: the times in seconds, then the values of each line. */
function data(lines, told) {
  const times = told.map((one) => Date.parse(one.as_of) / 1000);
  return [times, ...lines.map((line) => told.map((one) => line.value(one) ?? null))];
}

/** In UTC, like all times here. */
const clock = (seconds) => new Date(seconds * 1000).toISOString().slice(11, 19);

/** Colours are asked for at each drawing: they change with light and dark. */
function options(holder, unit, lines) {
  const colour = (name) => () => getComputedStyle(holder).getPropertyValue('--' + name);
  const axis = { stroke: colour('quiet'), grid: { stroke: colour('line') }, ticks: { stroke: colour('line') } };
  return {
    width: holder.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (u, low, high) => [0, Math.max(high ?? 0, 1)] } },
    axes: [{ ...axis, values: (u, times) => times.map(clock) }, { ...axis, size: 60, values: (u, values) => values.map((value) => value + ' ' + unit) }],
    series: [{}, ...lines.map((line) => ({ stroke: colour(line.colour), width: 2, spanGaps: true, points: { show: false } }))]
  };
}
