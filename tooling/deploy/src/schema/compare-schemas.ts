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
  if (change === 'changed') return `${object} is "${actual}" instead of "${expected}"`;
  const definition = change === 'added' ? actual : expected;
  return `${object} was ${change}${definition ? ` (${definition})` : ''}`;
}
