import type { Schema } from './read-schema.ts';

/** One object in which two schemas differ. */
export interface SchemaDifference {
  /** Kind and name, such as `column public.sites.name`. */
  object: string;
  change: 'added' | 'removed' | 'changed';
  expected: string | null;
  actual: string | null;
}

/** How `actual` differs from `expected`, by object name. */
export function compareSchemas(expected: Schema, actual: Schema): SchemaDifference[] {
  const objects = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].toSorted();
  return objects.flatMap((object) => {
    const [before, after] = [expected[object] ?? null, actual[object] ?? null];
    if (before === after) return [];
    const change = before === null ? 'added' : after === null ? 'removed' : 'changed';
    return { object, change, expected: before, actual: after };
  });
}

/** A difference as a clause: `column public.sites.note was added (text)`. */
export function describeDifference({ object, change, expected, actual }: SchemaDifference): string {
  if (change === 'changed') return `${object} ${describeChange(expected ?? '', actual ?? '')}`;
  const [definition = ''] = (change === 'added' ? actual : expected)?.split('\n', 1) ?? [];
  return `${object} was ${change}${definition ? ` (${definition})` : ''}`;
}

/** A function is told by its first line that differs, not by its whole text. */
function describeChange(expected: string, actual: string): string {
  const [before, after] = [expected.split('\n'), actual.split('\n')];
  if (before.length === 1 && after.length === 1) return `is "${actual}" instead of "${expected}"`;
  const index = after.findIndex((line, at) => line !== before[at]);
  const line = index === -1 ? after.length : index;
  const shown = (text: string | undefined) => (text === undefined ? 'missing' : `"${text.trim()}"`);
  return `is changed; its line ${line + 1} is ${shown(after[line])} instead of ${shown(before[line])}`;
}
