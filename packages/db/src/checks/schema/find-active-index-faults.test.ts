import { describe, expect, test } from 'vitest';
import { findActiveIndexFaults } from './find-active-index-faults.ts';
import type { ActiveIndex } from './read-schema-catalog.ts';

const sound: ActiveIndex = {
  unique: true,
  valid: true,
  ready: true,
  columns: ['workspace_id', 'source_type'],
  predicate: "status = 'ACTIVE'::text",
};

describe('findActiveIndexFaults', () => {
  test.each([
    "status = 'ACTIVE'::text",
    "(status = 'ACTIVE'::text)",
    "((status)::text = 'ACTIVE'::text)",
    "status::character varying = 'ACTIVE'::character varying",
    'status = \'ACTIVE\'::"ConfigVersionStatus"',
  ])('knows the predicate however the type of the column makes it read: %s', (predicate) => {
    expect(findActiveIndexFaults({ ...sound, predicate })).toEqual([]);
  });

  test.each([
    ['no index', null, 'is missing'],
    ['an ordinary index', { ...sound, unique: false }, 'is not unique'],
    ['an index left by a failed build', { ...sound, valid: false }, 'is not valid'],
    ['an index still being built', { ...sound, ready: false }, 'is not ready'],
    ['a narrower key', { ...sound, columns: ['workspace_id'] }, 'covers (workspace_id)'],
    ['no predicate', { ...sound, predicate: '' }, 'has the predicate ""'],
    ['a wider predicate', { ...sound, predicate: "status <> 'DRAFT'::text" }, 'has the predicate'],
    [
      'a narrower predicate',
      { ...sound, predicate: "status = 'ACTIVE'::text AND NOT is_rollback" },
      'has the',
    ],
  ])('tells %s', (_, index, fault) => {
    const problems = findActiveIndexFaults(index);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(`ux_config_versions_one_active_per_workspace ${fault}`);
  });

  test('tells every fault', () => {
    expect(findActiveIndexFaults({ ...sound, unique: false, columns: [] })).toHaveLength(2);
  });
});
