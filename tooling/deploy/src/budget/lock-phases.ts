import type { LockPhase } from '@apms/validators';
import type { AppliedUnit } from '../migrations/apply-error.ts';
import { type ExecutionUnit, isReversible } from '../sql/arrange.ts';
import { forecast } from './forecast.ts';

/** What units that ran tell of the locks that they will hold on the target. */
export function lockPhases(ran: readonly AppliedUnit[], units: readonly ExecutionUnit[]): LockPhase[] {
  return ran.map(({ kind, statements, concludingMs }, index) => {
    const unit = units[index];
    return {
      kind,
      statements,
      concludingMs,
      forecast: forecast(statements, concludingMs),
      reversible: unit === undefined || isReversible(unit, index === ran.length - 1),
    };
  });
}
