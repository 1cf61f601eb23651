import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Table } from '../document.ts';
import { plainText } from '../plain-text.ts';
import { textHtml } from './text-html.ts';

/** A cell of so few characters is not broken. */
const SHORT = 20;

/** A table; on a narrow screen its rows become cards, for which the cells carry their column's heading and all keep their roles. */
export function tableHtml(table: Table): VNode {
  const { caption, columns, rows, folded } = table;
  const drawn = html`<table role="table">
    <caption>${caption}</caption>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map(
          ({ head, figures }) =>
            html`<th role="columnheader" scope="col" class=${figures && 'figures'}>${head}</th>`,
        )}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map((row) => html`<tr role="row">${row.map((cell, index) => cellHtml(table, cell, index))}</tr>`)}
    </tbody>
  </table>`;
  if (folded === undefined) return drawn;
  return html`<details><summary>${folded}</summary>${drawn}</details>`;
}

function cellHtml({ columns }: Table, cell: Table['rows'][number][number] | undefined, index: number): VNode {
  const column = columns[index];
  const content = cell === '' ? '' : cell == null ? html`<span class="none">–</span>` : textHtml(cell);
  if (index === 0) return html`<th role="rowheader" scope="row">${content}</th>`;
  const kind = column?.figures
    ? 'figures'
    : cell == null || plainText(cell).length <= SHORT
      ? 'short'
      : undefined;
  return html`<td role="cell" data-head=${column?.head} class=${kind}><span>${content}</span></td>`;
}
