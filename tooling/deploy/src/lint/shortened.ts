const SHORT_LENGTH = 120;

/** A statement on one line, cut off where it is long. */
export function shortened(text: string): string {
  const line = text
    .split('\n')
    .map((part) => part.trim())
    .join(' ');
  return line.length <= SHORT_LENGTH ? line : `${line.slice(0, SHORT_LENGTH - 1)}…`;
}
