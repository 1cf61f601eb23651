const NOTE = '\n\nCut here: the rest is in report.md and report.html.\n';
const CLOSE = '\n\n</details>';

/** Markdown of at most so many bytes: cut between two lines, with a note, and with nothing left folded open. */
export function cutMarkdown(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  const room = maxBytes - Buffer.byteLength(NOTE) - CLOSE.length;
  const end = room > 0 ? bytes.lastIndexOf('\n', room) : -1;
  if (end === -1) return '';
  const kept = bytes.subarray(0, end).toString();
  const isOpen = kept.lastIndexOf('<details>') > kept.lastIndexOf('</details>');
  return `${kept}${isOpen ? CLOSE : ''}${NOTE}`;
}
