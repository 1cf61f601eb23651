import type { Piece, Text } from './document.ts';

/** Running text without anything set apart. */
export function plainText(text: Text): string {
  return typeof text === 'string' ? text : text.map(pieceText).join('');
}

function pieceText(piece: Piece): string {
  if (typeof piece === 'string') return piece;
  if ('code' in piece) return piece.code;
  return 'mark' in piece ? piece.text : piece.strong;
}
