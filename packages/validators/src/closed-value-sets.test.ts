import * as fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { closedValueSets } from './closed-value-sets.ts';
import * as validators from './index.ts';

const sets = Object.entries(validators).flatMap(([name, schema]): [string, EnumSchema][] =>
  isEnum(schema) ? [[name, schema]] : [],
);

interface EnumSchema {
  readonly options: readonly string[];
  safeParse(value: unknown): { success: boolean };
}

function isEnum(schema: unknown): schema is EnumSchema {
  return typeof schema === 'object' && schema !== null && 'options' in schema && 'enum' in schema;
}

describe('closed value sets', () => {
  it.each(sets)('%s accepts its values and nothing else', (_, schema) => {
    for (const value of schema.options) expect(schema.safeParse(value).success).toBe(true);
    const near = fc
      .constantFrom(...schema.options)
      .chain((value) => fc.constantFrom(value.toLowerCase(), ` ${value}`, `${value}S`, value.slice(1)));
    fc.assert(
      fc.property(fc.oneof(near, fc.string(), fc.anything()), (value) => {
        const isMember = typeof value === 'string' && schema.options.includes(value);
        expect(schema.safeParse(value).success).toBe(isMember);
      }),
    );
  });

  it('are written in capitals and name no value twice', () => {
    for (const values of Object.values(closedValueSets)) {
      expect(new Set(values).size).toBe(values.length);
      for (const value of values) expect(value).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    }
  });

  it('are types as well as schemas', () => {
    expectTypeOf<validators.ConfigVersionStatus>().toEqualTypeOf<
      'DRAFT' | 'ACTIVE' | 'SUPERSEDED' | 'ARCHIVED'
    >();
    expectTypeOf<validators.CheckStatus>().toEqualTypeOf<'passed' | 'failed' | 'skipped'>();
    expectTypeOf<
      (typeof closedValueSets)['workflow_instances.status'][number]
    >().toEqualTypeOf<validators.WorkflowStatus>();
  });
});
