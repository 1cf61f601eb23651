const escape = /_x([0-9a-f]{4})_/gi;

/** Text as a person sees it: `_xHHHH_` escapes undone, without NUL and lone surrogates, which no database holds. */
export function decodeCellText(text: string): string {
  const decoded = text.includes('_x')
    ? text.replace(escape, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
  return decoded.replaceAll('\u0000', '').toWellFormed();
}

/** Undone by {@link decodeCellText}: escapes what XML cannot hold or spreadsheets would trim. */
export function encodeCellText(text: string): string {
  return text
    .replace(/_(?=x[0-9a-f]{4})/gi, '_x005F_')
    .replace(/[\p{Cc}\ufffe\uffff]|^\s|\s$/gu, (char, at: number) => {
      const isInside = at > 0 && at < text.length - 1;
      if (isInside && (char === '\t' || char === '\n')) return char;
      return `_x${char.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}_`;
    });
}
