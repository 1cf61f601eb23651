import type { Node } from 'libpg-query';

/** The fields of one node of a parse tree. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value from a parse tree has fields (is neither a list nor a scalar). */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Visits every object in a parse tree, outermost first; `tag` is the field or node tag it stands under. */
export function walk(value: unknown, visit: (fields: Fields, tag: string) => void, tag = ''): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit, tag);
  } else if (isFields(value)) {
    visit(value, tag);
    for (const [key, child] of Object.entries(value)) walk(child, visit, key);
  }
}

/** The strings of a name such as `schema.table`: from a string, a `String` node or nested lists of them. */
export function nameParts(value: unknown): string[] {
  const parts: string[] = [];
  if (typeof value === 'string') return [value];
  walk(value, (fields, tag) => {
    if (tag === 'String' && typeof fields['sval'] === 'string') parts.push(fields['sval']);
  });
  return parts;
}

/** The last part of a name, which is the object's own. */
export function lastName(value: readonly Node[] | undefined): string {
  return nameParts(value).at(-1) ?? '';
}
