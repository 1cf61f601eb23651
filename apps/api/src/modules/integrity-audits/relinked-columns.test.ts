import { describe, expect, test } from 'vitest';
import { relinkedColumns } from './relinked-columns.ts';

describe('relinkedColumns', () => {
  test.each([
    [['workflow_id', 'workspace_id'], ['id', 'workspace_id'], [['workflow_id', 'id']]],
    [['user_id'], ['id'], [['user_id', 'id']]],
    [
      ['cluster_id', 'workspace_id', 'config_version_id'],
      ['id', 'workspace_id', 'config_version_id'],
      [['cluster_id', 'id']],
    ],
    [['config_version_id', 'workspace_id'], ['id', 'workspace_id'], [['config_version_id', 'id']]],
    [
      ['scope_id', 'workspace_id', 'scope_code'],
      ['id', 'workspace_id', 'scope_code'],
      [
        ['scope_id', 'id'],
        ['scope_code', 'scope_code'],
      ],
    ],
    [['workspace_id'], ['id'], []],
  ])('%j of %j', (columns, referencedColumns, expected) => {
    expect(relinkedColumns({ columns, referencedColumns })).toEqual(expected);
  });
});
