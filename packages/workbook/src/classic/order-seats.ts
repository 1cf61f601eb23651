/** A seat with the place of its column in the matrix. */
interface Seat {
  roleCode: string;
  column: number;
}

/**
 * The level that orders each seat: the one that headers give it, else that of the seat before it in the
 * matrix, so that a seat without a level keeps the place of its column.
 */
export function levelsOf(seats: readonly Seat[], said: ReadonlyMap<string, number>): Map<string, number> {
  const byColumn = seats.toSorted((a, b) => a.column - b.column);
  let level = Math.max(1, Math.min(...byColumn.flatMap((seat) => said.get(seat.roleCode) ?? []), 99));
  if (said.size === 0) level = 1;
  const levels = new Map<string, number>();
  for (const { roleCode } of byColumn) {
    level = Math.max(1, said.get(roleCode) ?? level);
    levels.set(roleCode, level);
  }
  return levels;
}

/** Seats in the order in which they approve: by level, then as their columns stand. */
export function orderSeats<One extends Seat>(
  seats: readonly One[],
  levels: ReadonlyMap<string, number>,
): One[] {
  const level = (seat: Seat) => levels.get(seat.roleCode) ?? 1;
  return seats.toSorted((a, b) => level(a) - level(b) || a.column - b.column);
}
