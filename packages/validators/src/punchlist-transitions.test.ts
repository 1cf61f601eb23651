import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PunchlistItemStatus, PunchlistStatus } from './punchlist.ts';
import { type ItemAction, itemTransitions, nextItemStatus } from './punchlist-transitions.ts';

const statuses = PunchlistItemStatus.options;
const actions = Object.keys(itemTransitions).filter(isAction);

function isAction(name: string): name is ItemAction {
  return Object.hasOwn(itemTransitions, name);
}

/** Every pair that is possible in an open list; all others are not. */
const possible: Readonly<Record<ItemAction, Partial<Record<PunchlistItemStatus, PunchlistItemStatus>>>> = {
  rectify: { OPEN: 'RECTIFIED' },
  validate: { RECTIFIED: 'QA_VALIDATED' },
  close: { QA_VALIDATED: 'CLOSED' },
  reopen: { RECTIFIED: 'OPEN', QA_VALIDATED: 'OPEN' },
};

describe.each(statuses)('from %s', (from) => {
  test.each(actions)('%s', (action) => {
    expect(nextItemStatus('OPEN', from, action)).toBe(possible[action][from] ?? null);
  });

  test.each(PunchlistStatus.exclude(['OPEN']).options)('nothing in a list that is %s', (list) => {
    for (const action of actions) expect(nextItemStatus(list, from, action)).toBeNull();
  });
});

describe('as a whole', () => {
  const walk = (path: readonly ItemAction[]) =>
    path.reduce<PunchlistItemStatus>(
      (status, action) => nextItemStatus('OPEN', status, action) ?? status,
      'OPEN',
    );

  test('no path leaves the set, and CLOSED is the end', () => {
    const paths = fc.array(fc.constantFrom(...actions));
    fc.assert(
      fc.property(paths, paths, (path, more) => {
        const status = walk(path);
        expect(statuses).toContain(status);
        expect(walk([...path, ...(status === 'CLOSED' ? more : [])])).toBe(status);
      }),
    );
  });

  test('every state is reached', () => {
    expect(walk([])).toBe('OPEN');
    expect(walk(['rectify'])).toBe('RECTIFIED');
    expect(walk(['rectify', 'validate'])).toBe('QA_VALIDATED');
    expect(walk(['rectify', 'validate', 'close'])).toBe('CLOSED');
  });
});
