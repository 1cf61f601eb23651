import { type ScanToken, scanSync } from 'libpg-query';

/** The tokens of a text, comments included; their offsets are bytes of it. */
export function scanSql(text: string): ScanToken[] {
  return scanSync(withoutControlCharacters(text)).tokens;
}

/** The scanner's answer is JSON in which control characters are not escaped; blanks keep every offset as it was. */
function withoutControlCharacters(text: string): string {
  const [lineFeed, carriageReturn, space] = [0x0a, 0x0d, 0x20];
  const bytes = Buffer.from(text, 'utf8');
  for (const [index, byte] of bytes.entries()) {
    if (byte === carriageReturn) bytes[index] = lineFeed;
    else if (byte < space && byte !== lineFeed) bytes[index] = space;
  }
  return bytes.toString('utf8');
}
