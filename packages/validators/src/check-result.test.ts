import { describe, expect, expectTypeOf, it } from 'vitest';
import { CheckCode, CheckResult } from './check-result.ts';

const passed: CheckResult = {
  code: 'C1',
  title: 'Schema integrity',
  status: 'passed',
  durationMs: 3.5,
  figures: { tables: 16, index: 'valid' },
  problems: [],
};
const problem = { message: 'table punchlists is missing', table: 'punchlists' };

describe('CheckResult', () => {
  it.each([
    ['a check that passed', passed],
    ['a failure with its problem', { ...passed, status: 'failed', problems: [problem] }],
    ['a skipped check that says why', { ...passed, status: 'skipped', problems: [problem] }],
  ])('accepts %s', (_, result) => {
    expect(CheckResult.parse(result)).toEqual(result);
  });

  it.each([
    ['an unknown code', { ...passed, code: 'C7' }],
    ['a failure without a problem', { ...passed, status: 'failed' }],
    ['a pass with a problem', { ...passed, problems: [problem] }],
    ['a negative duration', { ...passed, durationMs: -1 }],
    ['a figure that is no figure', { ...passed, figures: { tables: null } }],
    ['a fractional count', { ...passed, status: 'failed', problems: [{ ...problem, count: 1.5 }] }],
  ])('refuses %s', (_, result) => {
    expect(CheckResult.safeParse(result).success).toBe(false);
  });

  it('orders blocking, holding and informing checks', () => {
    expect(CheckCode.options.join('')).toMatch(/^(C\d)+(I\d)+(N\d)+$/);
    expectTypeOf<CheckResult['figures']>().toEqualTypeOf<Record<string, number | string>>();
  });
});
