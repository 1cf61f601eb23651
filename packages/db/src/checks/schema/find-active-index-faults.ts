import type { CheckProblem } from '@apms/validators';
import { type ActiveIndex, activeIndexName } from './read-schema-catalog.ts';

/** What keeps the partial unique index from holding. */
export function findActiveIndexFaults(index: ActiveIndex | null): CheckProblem[] {
  const table = 'config_versions';
  if (index === null) return [{ message: `partial unique index ${activeIndexName} is missing`, table }];
  const faults = [
    index.unique ? '' : 'is not unique',
    index.valid ? '' : 'is not valid',
    index.ready ? '' : 'is not ready',
    index.columns.join(', ') === 'workspace_id, source_type' ? '' : `covers (${index.columns.join(', ')})`,
    bareExpression(index.predicate) === "status='ACTIVE'" ? '' : `has the predicate "${index.predicate}"`,
  ].filter((fault) => fault !== '');
  return faults.map((fault) => ({ message: `partial unique index ${activeIndexName} ${fault}`, table }));
}

/** A predicate reads differently with the column's type: `((status)::text = 'ACTIVE'::text)`. */
function bareExpression(expression: string): string {
  return expression.replaceAll(/::("[^"]+"|\w+( varying)?)/g, '').replaceAll(/[()\s]/g, '');
}
