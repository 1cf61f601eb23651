import { describe, expect, it } from 'vitest';
import { toFailure } from './failure.ts';

const withFacts = (message: string, facts: object, cause?: unknown) =>
  Object.assign(new Error(message, { cause }), facts);

describe('toFailure', () => {
  it.each([
    ['a file', withFacts('write ENOSPC', { code: 'ENOSPC' })],
    ['a quota', withFacts('write ENOSPC', { code: 'EDQUOT' })],
    [
      'a lock file',
      withFacts('The lock file cannot be written', {}, withFacts('write ENOSPC', { errcode: 13 })),
    ],
  ])('knows a full disk by %s', (_what, thrown) => {
    expect(toFailure(thrown)).toMatchObject({ code: 'DISK_FULL', problem: 'write ENOSPC' });
  });

  it('knows nothing of other errors', () => {
    expect(toFailure(withFacts('what', { errcode: 5 }))).toMatchObject({ code: 'INTERNAL' });
  });
});
