/** Characters of a code, name or header at most; the database indexes such texts. */
export const longestName = 200;

/** Text of a cell as a person reads it: one space between words, no invisible characters, accents composed. */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .trim();
}

/** The words of a header or name in lower case, whatever stands between them. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** A natural code made of a name: `RTH Team` is `RTH_TEAM`. */
export function codeOf(name: string): string {
  return wordsOf(name).join('_').toUpperCase();
}
