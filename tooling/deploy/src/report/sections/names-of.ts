import { plural } from '../format.ts';

/** So many are named; a table beside it names all. */
const NAMED = 3;

/** `a, b, c and 12 more tables`. */
export function namesOf(all: readonly string[], noun: string): string {
  const names = all.slice(0, NAMED);
  const rest = all.length - names.length;
  return `${names.join(', ')}${rest > 0 ? ` and ${plural(rest, `more ${noun}`)}` : ''}`;
}
