import { expect, test } from 'vitest';
import { z } from 'zod';
import { coerceFields } from './coerce-fields.ts';

const schema = z.object({
  limit: z.int().default(5),
  all: z.boolean().optional(),
  ids: z.array(z.int()).optional(),
  name: z.string().nullable(),
});

test('reads text as what the schema wants', () => {
  expect(coerceFields(schema, { limit: '7', all: 'false', ids: '1', name: '8', other: '9' })).toEqual({
    limit: 7,
    all: false,
    ids: [1],
    name: '8',
    other: '9',
  });
  expect(coerceFields(schema, { ids: ['1', 'x'] })).toEqual({ ids: [1, 'x'] });
});

test('leaves what does not read as such to be refused', () => {
  expect(coerceFields(schema, { limit: '1e3', all: 'yes' })).toEqual({ limit: '1e3', all: 'yes' });
  expect(coerceFields(schema, { limit: ['1', '2'] })).toEqual({ limit: ['1', '2'] });
  expect(coerceFields(schema, 'text')).toEqual({});
  expect(coerceFields(undefined, { a: '1' })).toEqual({ a: '1' });
});

test('changes neither schema nor prototypes', () => {
  coerceFields(schema, { limit: '7' });
  expect(schema.safeParse({ limit: '7', name: null }).success).toBe(false);
  const fields = coerceFields(schema, JSON.parse('{"__proto__":"1","toString":"2"}'));
  expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
});
