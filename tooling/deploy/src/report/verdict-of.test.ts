import { DeploymentOutcome } from '@apms/validators';
import { describe, expect, it } from 'vitest';
import { DEPLOYED } from '../../test/support/deployed-report.ts';
import { EXAMPLES } from '../../test/support/example-reports.ts';
import { plainText } from './plain-text.ts';
import { verdictOf } from './verdict-of.ts';

describe('verdictOf', () => {
  it('has a verdict for every outcome, and an example of each', () => {
    const outcomes = new Set(Object.values(EXAMPLES).map(({ outcome }) => outcome));
    expect([...outcomes].toSorted()).toEqual(DeploymentOutcome.options.toSorted());
  });

  it.each(Object.entries(EXAMPLES))('%s: says where the target stands', (_, report) => {
    const { sentence, next } = verdictOf(report);
    expect(plainText(sentence)).toMatch(
      /^production (is on the (new|old) schema|has every migration|was not touched|is as it was|is neither)/,
    );
    expect(plainText(next)).toMatch(/\.$/);
  });

  it('counts what only the replaced database has', () => {
    expect(plainText(verdictOf(EXAMPLES['rolled-back by a swap']).next)).toBe(
      '17 rows written since the backup are only in the replaced database apms_failed_20261128t021004z_0a1b2c: decide what to carry over (docs/runbooks/rollback.md). Mend the cause below, then run the same command again.',
    );
  });

  it('says when a rollback is not equal to before', () => {
    expect(plainText(verdictOf(EXAMPLES['rolled-back by inverses']).next)).toBe(
      'It is not equal to before in every respect: read the warnings. Mend the cause below, then run the same command again.',
    );
  });

  it('leaves nothing to do after a rollback that somebody asked for', () => {
    expect(verdictOf(EXAMPLES['rolled-back on request'])).toMatchObject({
      tone: 'good',
      next: 'Nothing is left to do.',
    });
  });

  it('sends the reader of a deployment with warnings to them', () => {
    expect(verdictOf({ ...DEPLOYED, warnings: ['x'] }).next).toMatch(/Read the warnings/);
  });
});
