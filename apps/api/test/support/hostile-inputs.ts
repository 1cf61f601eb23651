import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { z } from 'zod';

const SQL = `'; drop table users; -- " or 1=1 \\ $1 ::uuid`;
const STRINGS = [
  SQL,
  'a\u0000b',
  '\ud800 lone \udc00',
  '../../../etc/passwd',
  '%00%ff{{7*7}}${7*7}<script>',
  '',
  ' ',
  '\u202e\u200b\ufeff',
];
const OTHERS: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  0.5,
  2 ** 53,
  [],
  [[]],
  {},
  { $ne: null },
  { toString: 1, length: -1 },
];

/**
 * Inputs, as JSON texts, that were made to break a procedure: no objects at all, and its own input's fields with hostile
 * values, each alone and all at once. `longest` is how long a text may get.
 */
export function* hostileInputs(router: AnyTRPCRouter, path: string, longest: number): Generator<string> {
  yield* ['null', '[]', '0', '"text"', '{}', '[null]', 'true', '{', 'undefined', '{"a":1}}'];
  yield '{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}';
  yield `${'['.repeat(2_000)}${']'.repeat(2_000)}`;
  const fields = fieldsOf(router, path);
  const valid = Object.fromEntries(fields.map(([name, schema]) => [name, plausible(schema)]));
  for (const value of [...STRINGS, 'x'.repeat(longest), ...OTHERS]) {
    yield JSON.stringify(Object.fromEntries(fields.map(([name]) => [name, value])));
    for (const [name] of fields) yield JSON.stringify({ ...valid, [name]: value });
  }
  const deep = `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`;
  for (const [name] of fields) yield `{${JSON.stringify(name)}:${deep}}`;
}

function fieldsOf(
  router: AnyTRPCRouter,
  path: string,
): [name: string, schema: z.core.JSONSchema.BaseSchema][] {
  // oxlint-disable-next-line no-underscore-dangle -- the library's own name
  const procedures = Object.entries<AnyTRPCProcedure>(router._def.procedures);
  const [schema] = procedures.flatMap(([name, { _def: definition }]) =>
    name === path ? definition.inputs : [],
  );
  if (!(schema instanceof z.core.$ZodType)) return [];
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' });
  return Object.entries(described.properties ?? {}).flatMap(([name, field]) =>
    typeof field === 'object' ? [[name, field]] : [],
  );
}

/** A value that the field is likely to take, so that the hostile one beside it gets as far as it can. */
function plausible(schema: z.core.JSONSchema.BaseSchema): unknown {
  const [first] = schema.enum ?? [];
  if (first !== undefined) return first;
  if (schema.const !== undefined) return schema.const;
  const [option] = schema.anyOf ?? [];
  if (typeof option === 'object') return plausible(option);
  switch (schema.type) {
    case 'string':
      return schema.format === 'date-time'
        ? '2026-01-01T00:00:00.000Z'
        : '0198c0de-0000-7000-8000-000000000001';
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return false;
    case 'array':
      return [];
    case 'object':
      return {};
    case 'null':
    case undefined:
    default:
      return null;
  }
}
