import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConfigVersionStatus } from './config-version.ts';
import { type VersionAction, versionTransitions } from './config-version-transitions.ts';
import { nextStatus } from './transition.ts';

const actions: VersionAction[] = ['activate', 'rollback', 'archive', 'discard'];

function isAllowed(status: ConfigVersionStatus, action: VersionAction): boolean {
  return nextStatus<ConfigVersionStatus>(versionTransitions[action], status) !== null;
}

test.each<[ConfigVersionStatus, VersionAction[]]>([
  ['DRAFT', ['activate', 'discard']],
  ['ACTIVE', []],
  ['SUPERSEDED', ['rollback', 'archive']],
  ['ARCHIVED', []],
])('%s allows %j and nothing else', (status, allowed) => {
  expect(actions.filter((action) => isAllowed(status, action))).toEqual(allowed);
});

test('every action has exactly one status that allows it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...actions), (action) => {
      expect(ConfigVersionStatus.options.filter((status) => isAllowed(status, action))).toHaveLength(1);
    }),
  );
});
