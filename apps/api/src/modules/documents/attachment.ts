/** What `encodeURIComponent` leaves as it is and RFC 5987 does not. */
const escape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/**
 * A `Content-Disposition` that makes browsers save the content under the name, whatever characters it has.
 * @source RFC 6266 and RFC 5987
 */
export function attachment(name: string): string {
  const plain = name.replace(/[^\u0020-\u007e]|["\\%]/gu, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, escape);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
