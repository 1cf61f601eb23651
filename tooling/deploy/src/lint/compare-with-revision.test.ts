import { expect, it } from 'vitest';
import { compareWithRevision } from './compare-with-revision.ts';

const migration = (name: string) => ({ name, file: `${name}/migration.sql`, sql: '', checksum: '' });

it.each([
  ['nothing new', ['1', '2'], [], [], []],
  ['one that is new', ['1', '2', '3'], [], ['3'], []],
  ['one that was edited', ['1', '2'], ['1'], [], ['history-edited 1']],
  ['one that is gone', ['1'], ['2'], [], ['history-missing 2']],
  ['one that sorts before', ['1', '1a', '2'], [], ['1a'], ['history-out-of-order 1a']],
])('%s', (_what, folder, changed, since, findings) => {
  const difference = compareWithRevision(folder.map(migration), {
    revision: 'main',
    known: ['1', '2'],
    changed: new Set(changed),
  });
  expect(difference.since.map(({ name }) => name)).toEqual(since);
  expect(difference.findings.map(({ rule, why }) => `${rule} ${why.split(' ')[0]}`)).toEqual(findings);
});
