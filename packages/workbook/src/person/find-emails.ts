const word = /[^\s/;,|<>()[\]":\\]+/g;
const address = /^[^@]+@[^@.]+(?:\.[^@.]+)+$/;
const longest = 254;

/** The distinct e-mail addresses in a text, in lower case, and what the text says besides them. */
export function findEmails(text: string): { emails: string[]; rest: string } {
  const emails = new Set<string>();
  const rest = text.replace(/mailto:/gi, '').replace(word, (found) => {
    const email = found.includes('@') ? found.replace(/^['`´‘’“”]+|['`´‘’“”.]+$/g, '').toLowerCase() : '';
    if (email.length > longest || !address.test(email)) return found;
    emails.add(email);
    return '/';
  });
  return { emails: [...emails], rest };
}
