import * as validators from '@apms/validators';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { values } from './en/values.ts';

const schemas: Readonly<Record<string, unknown>> = validators;

describe('values', () => {
  test.each(Object.entries(values))(
    '%s has a word for each value of its validator, in its order',
    (name, texts) => {
      const schema = schemas[name];
      expect(schema).toBeInstanceOf(z.ZodEnum);
      expect(Object.keys(texts)).toEqual(schema instanceof z.ZodEnum ? schema.options : []);
    },
  );
});
