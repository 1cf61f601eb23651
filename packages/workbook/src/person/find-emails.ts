const local = String.raw`[^\s/;,|<>()[\]":\\@']+(?:'[^\s/;,|<>()[\]":\\@']+)*`;
const domain = String.raw`[^\s/;,|<>()[\]":\\@'.]+(?:\.[^\s/;,|<>()[\]":\\@'.]+)+`;
const address = new RegExp(`${local}@${domain}`, 'gu');
const longest = 254;

/** The distinct e-mail addresses in a text, in lower case, and what the text says besides them. */
export function findEmails(text: string): { emails: string[]; rest: string } {
  const found = (text.match(address) ?? []).map((email) => email.toLowerCase());
  const emails = [...new Set(found)].filter((email) => email.length <= longest);
  return { emails, rest: text.replace(address, '/').replace(/mailto:/gi, '') };
}
