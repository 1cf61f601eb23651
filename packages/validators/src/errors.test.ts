import * as fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { errorMessage } from './error-message.ts';
import { AppErrorData, type AppErrorOf } from './errors.ts';

/** A value for each fact, made of the schema itself, so that a new code is covered by being declared. */
function exampleOf(schema: z.core.$ZodType): unknown {
  if (schema instanceof z.ZodLiteral) return schema.value;
  if (schema instanceof z.ZodEnum) return schema.options[0];
  if (schema instanceof z.ZodNullable) return null;
  if (schema instanceof z.ZodArray) return [exampleOf(schema.element)];
  if (schema instanceof z.ZodNumber) return 7;
  if (schema instanceof z.ZodString) return '0198c0de-0000-7000-8000-000000000001';
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries<z.core.$ZodType>(schema.shape);
    return Object.fromEntries(fields.map(([name, field]) => [name, exampleOf(field)]));
  }
  throw new TypeError('a fact of a kind that has no example yet');
}

const examples = AppErrorData.options.map((option) => AppErrorData.parse(exampleOf(option)));
const withFacts = examples.filter((example) => Object.keys(example).length > 1);

describe('AppErrorData', () => {
  it.each(examples)('survives the wire: $code', (data) => {
    expect(AppErrorData.parse(JSON.parse(JSON.stringify(data)))).toEqual(data);
  });

  it.each(withFacts)('is refused without its facts: $code', ({ code }) => {
    expect(AppErrorData.safeParse({ code }).success).toBe(false);
  });

  it('refuses every other code', () => {
    const codes = new Set<string>(examples.map(({ code }) => code));
    fc.assert(
      fc.property(fc.string(), (code) => {
        fc.pre(!codes.has(code));
        expect(AppErrorData.safeParse({ code }).success).toBe(false);
      }),
    );
  });

  it.each(examples)('is named NOUN_CONDITION and said in a sentence: $code', (data) => {
    expect(data.code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    const sentence = errorMessage(data);
    expect(sentence).toMatch(/\.$/);
    expect(sentence).not.toMatch(/undefined|\[object|null/);
  });

  it('is narrowed by its code alone', () => {
    expectTypeOf<AppErrorOf<'STAGE_NOT_PENDING'>['status']>().toEqualTypeOf<
      'WAITING' | 'PENDING' | 'APPROVED' | 'APPROVED_WITH_PUNCHLIST' | 'REJECTED' | 'SKIPPED' | 'CANCELLED'
    >();
    expectTypeOf<AppErrorOf<'POLICY_NOT_FOUND'>['vendorCode']>().toEqualTypeOf<string | null>();
  });
});
