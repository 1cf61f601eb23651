import type { ImportFindingCode } from '@apms/validators';
import { cleanText, longestName } from '../clean-text.ts';
import { findEmails } from './find-emails.ts';
import { normalisePhone } from './normalise-phone.ts';

/** A person as one cell tells of them. */
export interface CellPerson {
  email: string;
  name: string | null;
  phone: string | null;
}

/** More than any cell needs, and little enough to be read at once. */
const longestCell = 4_000;
const quotes = ' \'"`´‘’“”:-';

/** What could not be read as it stands, with the part of the cell that says so. */
export interface PersonProblem {
  code: Extract<ImportFindingCode, `PERSON_${string}`>;
  value: string;
  reason: string;
}

/**
 * The people that a cell names, the primary first. Each is name, phone and e-mail separated by `/` in any
 * order; people are separated by `;`, `,` or a new line. `link` is the address that the cell links to: it
 * stands in for an e-mail that the text lacks, and loses against one that it has.
 */
export function readPersonCell(
  text: string,
  link?: string,
): { people: CellPerson[]; problems: PersonProblem[] } {
  const problems: PersonProblem[] = [];
  const linked = link === undefined ? undefined : findEmails(link).emails[0];
  if (text.length > longestCell) {
    const reason = `The text has more than ${longestCell} characters and is not read.`;
    return { people: [], problems: [{ code: 'PERSON_EMAIL_MISSING', value: text, reason }] };
  }
  const entries = splitPeople(text);
  const people = new Map<string, CellPerson>();
  for (const entry of entries) {
    const person = readPerson(entry, entries.length === 1 ? linked : undefined, problems);
    if (person === undefined) continue;
    if (people.has(person.email)) {
      problems.push({
        code: 'PERSON_REPEATED',
        value: entry,
        reason: `${person.email} is named twice in the cell.`,
      });
    } else people.set(person.email, person);
  }
  if (linked !== undefined && people.size > 0 && !people.has(linked)) {
    const reason = `The cell links to ${linked}, which its text does not name; the text counts.`;
    problems.push({ code: 'PERSON_LINK_CONFLICT', value: linked, reason });
  }
  return { people: [...people.values()], problems };
}

function readPerson(
  entry: string,
  linked: string | undefined,
  problems: PersonProblem[],
): CellPerson | undefined {
  const { emails, rest } = findEmails(entry);
  const email = emails[0] ?? linked;
  if (email === undefined) {
    problems.push({
      code: 'PERSON_EMAIL_MISSING',
      value: entry,
      reason: 'There is no readable e-mail address.',
    });
    return undefined;
  }
  if (emails.length > 1 || rest.includes('@')) {
    const reason = `It is not clear which e-mail address is meant; ${email} is taken. Separate people by ";".`;
    problems.push({ code: 'PERSON_EMAIL_AMBIGUOUS', value: entry, reason });
  }
  const parts = rest
    .split(/[/|<>()[\]]/)
    .map(trimQuotes)
    .filter((part) => part !== '');
  const phoneText = parts.map(findPhone).find((found) => found !== undefined);
  const phone = phoneText === undefined ? null : normalisePhone(phoneText);
  if (phoneText !== undefined && phone === null) {
    const reason = `"${phoneText}" is not a phone number; it is left out.`;
    problems.push({ code: 'PERSON_PHONE_UNREADABLE', value: entry, reason });
  }
  const names = parts.map((part) => trimQuotes(part.replace(findPhone(part) ?? '', ''))).filter(isName);
  return {
    email,
    name: names.length === 0 ? null : names.join(' ').slice(0, longestName).toWellFormed(),
    phone,
  };
}

/** Entries of a cell; an academic title after a comma belongs to the name before it. */
function splitPeople(text: string): string[] {
  return text
    .replace(/,(?=\s*(?:S|M|A|D|B|Ph|Amd|Ir|Dr)\.\s?[A-Z][\w.]{0,6}\s*(?:[/,;]|$))/g, ' ')
    .split(/[;,\r\n]/)
    .map(cleanText)
    .filter((entry) => /[\p{L}\p{N}]/u.test(entry) && !/^n\.?\/?a\.?$/i.test(entry));
}

/** The phone number in a part: all of it when it has no letter, else a run of at least seven digits. */
function findPhone(part: string): string | undefined {
  if (/\d/.test(part) && !/\p{L}/u.test(part)) return part;
  return /(?:\+|\b)\d(?:[\s.-]?\d){6,}/.exec(part)?.[0];
}

function isName(part: string): boolean {
  return /\p{L}/u.test(part) && !part.includes('@');
}

function trimQuotes(part: string): string {
  let from = 0;
  let to = part.length;
  while (from < to && quotes.includes(part.charAt(from))) from += 1;
  while (from < to && quotes.includes(part.charAt(to - 1))) to -= 1;
  return part.slice(from, to);
}
