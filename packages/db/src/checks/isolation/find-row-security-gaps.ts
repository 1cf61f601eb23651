import type { CheckProblem } from '@apms/validators';
import { apiRole } from './act-as-api.ts';
import type { RoleFacts, ScopedTable } from './list-scoped-tables.ts';

/** What the catalog itself says against isolation. */
export function findRowSecurityGaps(tables: readonly ScopedTable[], role: RoleFacts | null): CheckProblem[] {
  return [...roleGaps(role), ...tables.flatMap(tableGaps)];
}

function roleGaps(role: RoleFacts | null): CheckProblem[] {
  if (role === null) return [{ message: `role ${apiRole} does not exist` }];
  return [
    ...(role.superuser ? [{ message: `role ${apiRole} is a superuser` }] : []),
    ...(role.bypassRls ? [{ message: `role ${apiRole} has BYPASSRLS` }] : []),
    ...role.strongerRoles.map((name) => ({
      message: `role ${apiRole} can become ${name}, which bypasses row-level security`,
    })),
    ...role.otherScopes.map((name) => ({
      message: `role ${apiRole} can become ${name}, which has policies of its own`,
    })),
  ];
}

function tableGaps(scoped: ScopedTable): CheckProblem[] {
  const { name: table, enabled, forced, policies, openPolicies, canTruncate } = scoped;
  const faults = [
    enabled ? (forced ? '' : 'does not force row-level security') : 'has no row-level security',
    enabled && policies === 0 ? `has no policy for ${apiRole}` : '',
    ...openPolicies.map((policy) => `lets ${apiRole} through by the policy ${policy}`),
    canTruncate ? `can be truncated by ${apiRole}, which no policy prevents` : '',
  ];
  return faults.filter((fault) => fault !== '').map((fault) => ({ message: `${table} ${fault}`, table }));
}
