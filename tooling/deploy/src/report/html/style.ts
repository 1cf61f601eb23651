/** The style of the report, for screens light and dark, for phones, and for A4. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: light-dark(#ffffff, #14171a);
  --ink: light-dark(#1b1f23, #e4e7ea);
  --quiet: light-dark(#59626b, #9aa4ae);
  --line: light-dark(#dfe3e7, #2c3238);
  --band: light-dark(#f5f7f8, #1b1f24);
  --good: light-dark(#0b6b3a, #5fd394);
  --good-bar: light-dark(#2f9e68, #3f9f6d);
  --bad: light-dark(#b3261e, #ff8f85);
  --bad-bar: light-dark(#d2453c, #e0645a);
  --caution: light-dark(#8a5300, #f0b860);
  --verdict: var(--quiet);
  --wash: var(--band);
}
.verdict.good { --verdict: var(--good); --wash: light-dark(#eef8f2, #14241b); }
.verdict.bad { --verdict: var(--bad); --wash: light-dark(#fdf1f0, #2a1817); }
.verdict.caution { --verdict: var(--caution); --wash: light-dark(#fdf6e9, #282013); }
.verdict.alarm {
  --verdict: #ffffff; --wash: light-dark(#a01c14, #8f1911);
  color: #ffffff; --ink: #ffffff; --quiet: #ffffff; --line: #ffffff66; --code: #00000033;
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif;
  overflow-wrap: anywhere;
}
.page { max-width: 68rem; margin-inline: auto; padding-inline: 1.5rem; }
.hidden {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}
code { font: .9em/1.4 ui-monospace, 'SF Mono', 'Cascadia Mono', Consolas, 'DejaVu Sans Mono', monospace; }
h1, h2, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }

.verdict { background: var(--wash); border-block-end: 1px solid var(--line); }
.verdict .page { padding-block: 2rem; display: grid; grid-template-columns: auto 1fr; column-gap: 1.1rem; }
.icon { fill: var(--verdict); grid-row: 1 / span 3; margin-block-start: .15rem; }
h1 { color: var(--verdict); font-size: 1.75rem; line-height: 1.2; font-weight: 650; letter-spacing: -.01em; }
.sentence { font-size: 1.1rem; margin-block-start: .35rem; max-width: 46rem; }
.next { margin-block-start: .5rem; max-width: 46rem; }
.next b { color: var(--verdict); margin-inline-end: .35rem; }

dl {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .9rem 2rem;
  padding-block: 1.5rem; border-block-end: 1px solid var(--line);
}
dt { color: var(--quiet); font-size: .8rem; }
dd { font-variant-numeric: tabular-nums; }

main { padding-block-end: 4rem; }
section + section { margin-block-start: 2.25rem; }
h2 { font-size: 1.1rem; font-weight: 650; line-height: 1.3; margin-block-end: .6rem; }
section > p { max-width: 52rem; }
section > * + p, section > * + ul, section > * + details, section > * + figure { margin-block-start: .6rem; }
ul { padding-inline-start: 1.2rem; max-width: 52rem; white-space: pre-line; }
li + li { margin-block-start: .25rem; }
li::marker { color: var(--quiet); }
.message {
  white-space: pre-wrap; border-inline-start: 3px solid var(--bad-bar); padding: .6rem 1rem;
  background: var(--band); border-radius: 0 4px 4px 0;
}
.mark { font-weight: 600; }
.mark.good { color: var(--good); }
.mark.bad { color: var(--bad); }
.mark.caution { color: var(--caution); }
.none { color: var(--quiet); }

table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .93rem; }
caption { text-align: start; color: var(--quiet); font-size: .85rem; padding-block-end: .35rem; }
th, td { text-align: start; vertical-align: baseline; padding: .4rem 1rem .4rem 0; border-block-end: 1px solid var(--line); }
th:last-child, td:last-child { padding-inline-end: 0; }
thead th { color: var(--quiet); font-weight: 500; font-size: .8rem; vertical-align: bottom; }
tbody th { font-weight: 500; min-width: 9rem; }
.figures { text-align: end; }
td.figures, td.short, thead th { white-space: nowrap; }
section > * + table { margin-block-start: .9rem; }
details > table { margin-block-start: .6rem; }
summary { cursor: pointer; color: var(--quiet); padding-block: .25rem; border-radius: 4px; width: fit-content; }
summary:hover { color: var(--ink); }
:focus-visible { outline: 2px solid light-dark(#1a5fb4, #8ab8ff); outline-offset: 2px; }

figcaption { color: var(--quiet); font-size: .85rem; }
.timeline ol { list-style: none; }
.timeline li, .axis {
  display: grid; grid-template-columns: minmax(6.5rem, 16rem) 1fr 5.5rem; column-gap: 1rem; align-items: center;
}
.timeline li { margin: 0; padding-block: .35rem; border-block-end: 1px solid var(--line); }
.timeline .name { font-size: .93rem; }
.timeline .mark { color: var(--ink); font-weight: 500; display: grid; grid-template-columns: 1.1rem 1fr; }
.timeline .good .symbol { color: var(--good); }
.timeline .bad .symbol { color: var(--bad); }
.duration { text-align: end; font-variant-numeric: tabular-nums; font-size: .93rem; white-space: nowrap; }
.said { grid-column: 2 / 4; color: var(--quiet); font-size: .87rem; white-space: pre-line; }
.said b { font-weight: 600; }
.said .good { color: var(--good); }
.said .bad { color: var(--bad); }
.bar { display: block; overflow: visible; }
.axis svg { grid-column: 2; overflow: visible; display: block; }
.tick { stroke: var(--line); }
.limit { stroke: var(--caution); stroke-width: 2; stroke-dasharray: 4 3; }
rect { stroke-width: 2; stroke-linejoin: round; }
rect.good { fill: var(--good-bar); stroke: var(--good-bar); }
rect.bad { fill: url(#hatch); stroke: var(--bad-bar); }
#hatch path { stroke: var(--bad-bar); stroke-width: 3; }
text { font-size: 11.5px; fill: var(--quiet); font-variant-numeric: tabular-nums; }
text.limit-label { fill: var(--caution); }

@media screen and (max-width: 44rem) {
  .page { padding-inline: 1rem; }
  .verdict .page { padding-block: 1.25rem; column-gap: .8rem; }
  .icon { width: 34px; height: 34px; grid-row: 1; margin: 0; }
  .sentence, .next { grid-column: 1 / 3; }
  h1 { font-size: 1.45rem; align-self: center; }
  dl { grid-template-columns: 1fr; gap: .35rem; }
  dl > div { display: grid; grid-template-columns: 6.5rem 1fr; align-items: baseline; }
  .timeline li, .axis { grid-template-columns: 1fr auto; }
  .timeline .bar, .axis svg { grid-column: 1 / 3; grid-row: 2; }
  .timeline .said { grid-column: 1 / 3; }
  table, caption, tbody, tr, td, tbody th { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { padding-block: .55rem; border-block-end: 1px solid var(--line); }
  tbody th, td { border: 0; padding: .1rem 0; min-width: 0; }
  tbody td { display: grid; grid-template-columns: 8.5rem 1fr; column-gap: .5rem; align-items: baseline; }
  tbody td::before { content: attr(data-head); color: var(--quiet); font-size: .85rem; }
  td.figures { white-space: normal; text-align: start; }
  tbody td:has(> span:empty) { display: none; }
}
@media (prefers-reduced-motion: no-preference) { summary { transition: color .15s; } }
@media print {
  @page { size: A4; margin: 15mm; }
  :root { color-scheme: light; }
  body { font-size: 10pt; }
  table { font-size: 8.5pt; }
  th, td { padding: 1.2mm 3mm 1.2mm 0; }
  .page { padding-inline: 0; max-width: none; }
  .verdict, rect, .message, .icon { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .verdict .page { padding: 5mm; }
  tr, .timeline li, .message, dl > div { break-inside: avoid; }
  h2, caption, figcaption { break-after: avoid; }
  thead { display: table-header-group; }
  summary { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`;
