import { cleanText, codeOf, wordsOf } from '../clean-text.ts';

/** A seat as a header names it. */
export interface SeatName {
  roleCode: string;
  roleName: string;
}

/** What a header says of a seat. */
export interface SeatHeader extends SeatName {
  /** The n of `(Ln)`. */
  level: number | null;
  isKnown: boolean;
}

const knownNames = ['RTS', 'ROH', 'BO', 'RTH Team', 'RTH', 'PMO', 'NOC Head', 'Config Team'];
const otherNames: Readonly<Record<string, string>> = {
  'Back Office': 'BO',
  'Configuration Team': 'Config Team',
};

/** The seats that every workbook may name. */
export const knownSeats: readonly SeatName[] = knownNames.map(seatNamed);

const bySpelling = new Map<string, SeatName>([
  ...knownSeats.map((seat): [string, SeatName] => [squash(wordsOf(seat.roleName)), seat]),
  ...Object.entries(otherNames).map(([other, name]): [string, SeatName] => [
    squash(wordsOf(other)),
    seatNamed(name),
  ]),
]);

const level = /[([]?\s*\bL(?:evel)?[\s.-]*(\d{1,2})\s*(?:[)\]]|\b)/i;
/** Words that a seat has at most. */
const longestSeat = 6;

const past = new Set(['previous', 'prev', 'former', 'old', 'lama', 'ex']);

/**
 * Reads a header as a seat: the seat is what the header ends with, whatever company stands before it.
 * A header with a level is always a seat; without one only if it ends with a known seat or one of `others`.
 */
export function readSeatHeader(header: string, others: readonly SeatName[] = []): SeatHeader | undefined {
  const found = level.exec(header);
  const words = wordsOf(header.replace(level, ' '));
  if (words.length === 0 || words.some((word) => past.has(word))) return undefined;
  const said = { level: found?.[1] === undefined ? null : Number(found[1]) };
  for (let from = Math.max(0, words.length - longestSeat); from < words.length; from += 1) {
    const ending = squash(words.slice(from));
    const seat = bySpelling.get(ending) ?? others.find((other) => squash(wordsOf(other.roleName)) === ending);
    if (seat !== undefined) return { ...seat, ...said, isKnown: true };
  }
  if (said.level === null) return undefined;
  return { ...seatNamed(cleanText(header.replace(level, ' '))), ...said, isKnown: false };
}

/** A seat that no header of another workbook need know. */
export function seatNamed(roleName: string): SeatName {
  return { roleCode: codeOf(roleName), roleName };
}

function squash(words: readonly string[]): string {
  return words.join('');
}
