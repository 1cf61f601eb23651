import { describe, expect, test } from 'vitest';
import { EnteredOverride, type OverrideForm } from './override-request.ts';

const form: OverrideForm = {
  overrideType: 'CLUSTER',
  target: 'CL-1',
  roleCode: '',
  fromUserId: '',
  toUserId: 'someone',
  reason: 'On leave',
  effectiveFrom: '',
  effectiveTo: '',
};

describe('EnteredOverride', () => {
  test('names the target of its type, and leaves out what was left empty', () => {
    expect(EnteredOverride.parse(form)).toEqual({
      overrideType: 'CLUSTER',
      clusterCode: 'CL-1',
      toUserId: 'someone',
      reason: 'On leave',
    });
  });

  test('says moments in UTC', () => {
    const { effectiveTo } = EnteredOverride.parse({ ...form, effectiveTo: '2999-01-01T10:00' });
    expect(effectiveTo).toBe(new Date('2999-01-01T10:00').toISOString());
  });

  test.each([
    [{ target: '' }, 'target'],
    [{ toUserId: '' }, 'toUserId'],
    [{ reason: ' ' }, 'reason'],
    [{ fromUserId: 'someone' }, 'toUserId'],
    [{ effectiveFrom: '2999-02-01T10:00', effectiveTo: '2999-01-01T10:00' }, 'effectiveTo'],
  ])('says of %j that %s is wrong', (change, field) => {
    const { error } = EnteredOverride.safeParse({ ...form, ...change });
    expect(error?.issues.map(({ path }) => path[0])).toContain(field);
  });
});
