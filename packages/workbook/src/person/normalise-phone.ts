/**
 * A phone number in international form, or null when it is none. Numbers without a country are
 * Indonesian: `0812 345`, `62812-345`, `+62 812 345` and `812345` (a spreadsheet's number) are all `+62812345`.
 */
export function normalisePhone(text: string): string | null {
  const digits = text.replace(/[^\d+]/g, '').replace(/^00/, '+');
  const international = digits.startsWith('+') ? digits : `+62${digits.replace(/^62(?=\d{8})/, '')}`;
  const number = international.replace(/^\+620+/, '+62');
  return /^\+[1-9]\d{7,14}$/.test(number) ? number : null;
}
