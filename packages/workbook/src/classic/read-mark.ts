const marks = new Set([
  'a',
  'x',
  'v',
  'y',
  'yes',
  'ya',
  '1',
  'true',
  '✓',
  '✔',
  '√',
  '●',
  '•',
  'approve',
  'approver',
]);
const blanks = new Set(['', '-', '–', '—', 'n', 'no', 'tidak', '0', 'false', 'n/a', 'na']);

/** Whether a cell of the matrix marks its seat; nothing when it is neither a mark nor a blank. */
export function readMark(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (marks.has(word)) return true;
  return blanks.has(word) ? false : undefined;
}
