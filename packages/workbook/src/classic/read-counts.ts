/** A number of sites as a cell shows it, or nothing when it is none. A blank cell is no site. */
export function readSiteCount(text: string): number | undefined {
  if (text === '') return 0;
  const number = Number(text);
  return Number.isInteger(number) && number >= 0 && number <= 1_000_000 ? number : undefined;
}

/** `M3`, `M-3` and `M3 (x)` are all `M3`; nothing when the text reads otherwise. */
export function readMSequence(text: string): string | undefined {
  const number = /^M[\s._-]*0*(\d{1,3})\s*(?:\(.*\))?$/i.exec(text)?.[1];
  return number === undefined ? undefined : `M${number}`;
}
