import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import type { Block, ReportDocument, Verdict } from '../document.ts';
import { STYLE } from './style.ts';
import { tableHtml } from './table-html.ts';
import { textHtml } from './text-html.ts';
import { timelineHtml } from './timeline-html.ts';

/** Nothing is loaded and nothing is run; the style is the page's own. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A report as one HTML page that needs nothing besides itself. What its texts hold is escaped by the renderer. */
export function toHtml(document: ReportDocument): string {
  return `<!doctype html>\n${renderToStaticMarkup(pageHtml(document))}\n`;
}

function pageHtml({ title, verdict, facts, sections }: ReportDocument): VNode {
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content=${POLICY} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="robots" content="noindex" />
      <title>${title}</title>
      <style dangerouslySetInnerHTML=${{ __html: STYLE }}></style>
    </head>
    <body>
      <svg class="hidden" aria-hidden="true">
        <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V6" />
        </pattern>
      </svg>
      <header class=${`verdict ${verdict.tone}`}>
        <div class="page">
          ${iconHtml(verdict.tone)}
          <h1>${verdict.title}</h1>
          <p class="sentence">${textHtml(verdict.sentence)}</p>
          <p class="next"><b>Next</b> ${textHtml(verdict.next)}</p>
        </div>
      </header>
      <main class="page">
        <section aria-labelledby="facts">
          <h2 id="facts" class="hidden">Facts</h2>
          <dl>
            ${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${textHtml(value)}</dd></div>`)}
          </dl>
        </section>
        ${sections.map(({ title: heading, blocks }) => {
          const id = heading.toLowerCase();
          return html`<section aria-labelledby=${id}>
            <h2 id=${id}>${heading}</h2>
            ${blocks.map(blockHtml)}
          </section>`;
        })}
      </main>
    </body>
  </html>`;
}

function blockHtml(block: Block): VNode {
  switch (block.kind) {
    case 'paragraph':
      return html`<p>${textHtml(block.text)}</p>`;
    case 'message':
      return html`<p class="message">${textHtml(block.text)}</p>`;
    case 'list':
      return html`<ul>${block.items.map((item) => html`<li>${textHtml(item)}</li>`)}</ul>`;
    case 'table':
      return tableHtml(block);
    case 'timeline':
      return timelineHtml(block);
  }
}

/** A shape of its own for each tone: circle, ring, bars, cross, triangle. */
const ICONS: Record<Verdict['tone'], string> = {
  good: 'M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22Zm-1.6 15.6-4-4 1.6-1.6 2.4 2.4 5.6-5.6 1.6 1.6Z',
  quiet: 'M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22Zm-5 10h10v2.2H7Z',
  caution: 'M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22ZM8 7h2.6v10H8Zm5.4 0H16v10h-2.6Z',
  bad: 'M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4Zm1.2 6L7 8.6l3.4 3.4L7 15.4 8.6 17l3.4-3.4 3.4 3.4 1.6-1.6-3.4-3.4L17 8.6 15.4 7 12 10.4Z',
  alarm: 'M12 1 24 22H0Zm-1.2 7v7h2.4V8Zm0 8.6V19h2.4v-2.4Z',
};

function iconHtml(tone: Verdict['tone']): VNode {
  return html`<svg class="icon" aria-hidden="true" viewBox="0 0 24 24" width="44" height="44">
    <path fill-rule="evenodd" d=${ICONS[tone]} />
  </svg>`;
}
