import type { HeldLock, LockPhase, MeasuredStatement } from '@apms/validators';
import { type ExecutionUnit, isReversible } from '../sql/arrange.ts';
import { constraintStepOf } from '../sql/constraint-step.ts';
import { mentionsOf } from '../sql/mentions.ts';
import type { Statement } from '../sql/parse.ts';
import { forecast } from './forecast.ts';

/**
 * What the phases of another order will be like, from how the statements ran and what they locked in this one. A guess
 * that a rehearsal of the other order has to confirm.
 */
export function predict(units: readonly ExecutionUnit[], measured: readonly LockPhase[]): LockPhase[] {
  const byPlace = new Map<string, MeasuredStatement>();
  const heldBefore = new Map<string, HeldLock[]>();
  for (const { statements } of measured) {
    const held: HeldLock[] = [];
    for (const statement of statements) {
      byPlace.set(placeOf(statement.migration, statement.line, statement.column), statement);
      heldBefore.set(placeOf(statement.migration, statement.line, statement.column), [...held]);
      held.push(...statement.locks);
    }
  }
  const ranAs = (statement: Statement): MeasuredStatement[] => {
    const place = placeOf(statement.file, statement.startLine, statement.startColumn);
    const ran = byPlace.get(place);
    if (ran === undefined) return [];
    const again = takesAgain(statement, heldBefore.get(place) ?? []);
    return [{ ...ran, locks: [...ran.locks, ...again] }];
  };
  return units.map((unit, index): LockPhase => {
    const isLast = index === units.length - 1;
    const statements = (unit.kind === 'alone' ? [unit] : unit.parts).flatMap((part) => part.statements);
    const ran = statements.flatMap(ranAs);
    const concludingMs = isLast ? (measured.at(-1)?.concludingMs ?? 0) : 0;
    const reversible = isReversible(unit, isLast);
    return {
      kind: unit.kind,
      statements: ran,
      concludingMs,
      forecast: forecast(ran, concludingMs),
      reversible,
    };
  });
}

const placeOf = (migration: string, line: number | null, column: number | null) =>
  `${migration}:${line}:${column}`;

/** These need no lock that forbids reading or writing. */
const PLAIN = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'SelectStmt']);

/** Locks that its transaction held already when it ran, and that it will have to take itself in another one. */
function takesAgain({ kind, node }: Statement, held: readonly HeldLock[]): HeldLock[] {
  if (PLAIN.has(kind) || constraintStepOf(node)?.kind === 'validate') return [];
  const { relations } = mentionsOf(node);
  return held.filter(({ table }) => relations.has(table.slice(table.indexOf('.') + 1)));
}
