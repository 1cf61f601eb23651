import type { PolicyRow, RoleRow } from '@apms/validators';
import { levelsOf } from './order-seats.ts';
import type { Matrix } from './read-matrix.ts';
import type { Roster } from './read-roster.ts';
import { saidLevels } from './scope-rosters.ts';
import type { SeatName } from './seat-name.ts';

/** The seats of the matrix, then those that only rosters have. */
export function buildRoles(
  matrix: Matrix,
  rosters: readonly Roster[],
  policies: readonly PolicyRow[],
): RoleRow[] {
  const said = saidLevels(matrix, rosters);
  const levels = levelsOf(matrix.seats, said);
  const seats = new Map<string, SeatName>();
  for (const seat of [...matrix.seats, ...rosters.flatMap((roster) => roster.seats)]) {
    if (!seats.has(seat.roleCode)) seats.set(seat.roleCode, seat);
  }
  return [...seats.values()].map(({ roleCode, roleName }) => {
    const positions = policies.flatMap(({ stages }) => {
      const index = stages.findIndex((stage) => stage.roleCode === roleCode);
      return index < 0 ? [] : [{ isFirst: index === 0, isLast: index === stages.length - 1 }];
    });
    return {
      roleCode,
      roleName,
      hierarchyOrder: levels.get(roleCode) ?? Math.max(1, said.get(roleCode) ?? 1),
      stageGroup: groupOf(positions),
      isFinalApprover: positions.some((position) => position.isLast),
      canApproveParallel: false,
    };
  });
}

/** Phase of a seat by where it stands in the chains: first reviews, last decides, one that is both now and then signs. */
function groupOf(positions: readonly { isFirst: boolean; isLast: boolean }[]): RoleRow['stageGroup'] {
  const some = (end: 'isFirst' | 'isLast') => positions.some((position) => position[end]);
  const every = (end: 'isFirst' | 'isLast') =>
    positions.length > 0 && positions.every((position) => position[end]);
  if (every('isLast')) return 'FINAL';
  if (some('isFirst')) return 'REVIEW';
  return some('isLast') ? 'SIGN' : 'VALIDATION';
}
