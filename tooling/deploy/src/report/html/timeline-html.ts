import { utcTicks } from 'd3-time';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Bar, Timeline } from '../document.ts';
import { formatDuration } from '../format.ts';
import { markHtml, textHtml } from './text-html.ts';

const TICKS = 4;

/**
 * A timeline as a list, each item with its bar drawn on a scale that all share. Horizontal lengths are percentages, so
 * that the drawing is as wide as there is room, and its texts are as large as all others.
 */
export function timelineHtml({ caption, bars, limit }: Timeline): VNode {
  const lastMs = Math.max(1, limit?.ms ?? 0, ...bars.map(({ startMs, durationMs }) => startMs + durationMs));
  const ticks = utcTicks(new Date(0), new Date(lastMs), TICKS).map(Number);
  const at = (milliseconds: number) => `${((100 * milliseconds) / lastMs).toFixed(3)}%`;
  const grid = ticks.map(
    (tick) => html`<line class="tick" x1=${at(tick)} x2=${at(tick)} y1="0" y2="100%" />`,
  );
  const limitLine =
    limit && html`<line class="limit" x1=${at(limit.ms)} x2=${at(limit.ms)} y1="0" y2="100%" />`;
  return html`<figure class="timeline">
    <figcaption>${caption}</figcaption>
    <ol role="list">
      ${bars.map(
        (bar) => html`<li>
          <span class="name">${markHtml(bar.how, bar.name)}</span>
          <svg class="bar" aria-hidden="true" width="100%" height="18">
            ${grid}${drawn(bar, at)}${limitLine}
          </svg>
          <span class="duration">${formatDuration(bar.durationMs)}</span>
          <span class="said">
            ${bar.result !== 'done' && html`<b class=${bar.how}>${bar.result}</b>: `}${textHtml(bar.text)}
          </span>
        </li>`,
      )}
    </ol>
    <div class="axis" aria-hidden="true">
      <svg width="100%" height=${limit === null ? 18 : 34}>
        ${ticks.map((tick) => axisLabel(at(tick), tick / lastMs, 13, 'tick-label', tick === 0 ? '0' : formatTick(tick)))}
        ${limit && axisLabel(at(limit.ms), limit.ms / lastMs, 30, 'limit-label', `${limit.name} ${formatDuration(limit.ms)}`)}
      </svg>
    </div>
    ${limit && html`<p class="hidden">The ${limit.name} is ${formatDuration(limit.ms)}.</p>`}
  </figure>`;
}

/** What failed is hatched, so that it can be told without its colour. */
function drawn({ how, startMs, durationMs }: Bar, at: (milliseconds: number) => string): VNode {
  return html`<rect class=${how} x=${at(startMs)} width=${at(durationMs)} y="3" height="12" rx="2" />`;
}

function axisLabel(x: string, share: number, y: number, name: string, text: string): VNode {
  const anchor = share > 0.85 ? 'end' : share < 0.08 ? 'start' : 'middle';
  return html`<text class=${name} x=${x} y=${y} text-anchor=${anchor}>${text}</text>`;
}

/** `1.5 s`, `15 s`, `2 min`: a tick is a round figure. */
function formatTick(milliseconds: number): string {
  if (milliseconds < 1_000) return `${milliseconds} ms`;
  if (milliseconds < 60_000) return `${milliseconds / 1_000} s`;
  if (milliseconds < 3_600_000) return `${milliseconds / 60_000} min`;
  return `${milliseconds / 3_600_000} h`;
}
