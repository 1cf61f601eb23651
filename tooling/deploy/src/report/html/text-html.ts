import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Piece, Text } from '../document.ts';

type Mark = 'good' | 'bad' | 'caution';

const SYMBOLS: Record<Mark, string> = { good: '✓', bad: '✗', caution: '!' };

/** A text with a symbol ahead of it: colour is never all that tells. */
export function markHtml(mark: Mark, text: string): VNode {
  return html`<span class="mark ${mark}"><span class="symbol" aria-hidden="true">${SYMBOLS[mark]}</span> ${name(text)}</span>`;
}

/** Running text; whatever a name holds is isolated, so that marks of writing direction do not reach beyond it. */
export function textHtml(text: Text): unknown {
  return typeof text === 'string' ? name(text) : text.map(pieceHtml);
}

function pieceHtml(piece: Piece): unknown {
  if (typeof piece === 'string') return piece;
  if ('code' in piece) return html`<code>${name(piece.code)}</code>`;
  if ('mark' in piece) return markHtml(piece.mark, piece.text);
  return html`<strong>${name(piece.strong)}</strong>`;
}

/** Long names break behind an underscore rather than anywhere. */
function name(text: string): VNode {
  const [first, ...rest] = text.split(/(?<=_)/);
  return html`<bdi>${first}${rest.map((part) => html`<wbr />${part}`)}</bdi>`;
}
