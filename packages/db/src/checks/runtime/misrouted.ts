import { bind } from '../bind.ts';
import { configLookup } from '../hot-queries.ts';
import { probe } from '../probe/probe.ts';

/** What the probe's policies have to resolve to: one of each step of the fallback, and no match. */
const resolutions: readonly {
  readonly scope: string;
  readonly vendor: string | null;
  readonly category: string;
  readonly policy: string | null;
}[] = [
  { scope: 'PROBE', vendor: 'PROBE', category: 'HARDWARE', policy: 'VENDOR' },
  { scope: 'PROBE', vendor: 'SPARE', category: 'HARDWARE', policy: 'ANY' },
  { scope: 'PROBE', vendor: null, category: 'SOFTWARE', policy: 'BOTH' },
  { scope: 'SPARE', vendor: 'PROBE', category: 'HARDWARE', policy: null },
];

export const resolutionCount = resolutions.length;

/** Query of what resolves to another policy than it should. */
export const misrouted = resolutions
  .map(({ scope, vendor, category, policy }, position) => {
    const lookup = bind(configLookup.sql, [probe.workspaceId, scope, vendor, category]);
    return `
    (select '(${scope}, ${vendor ?? 'any vendor'}, ${category}) resolved to ' || coalesce(found, 'no policy')
              || ' instead of ${policy ?? 'none'}' as message,
            'approval_policy_master' as "table"
     from (select (select policy_code from (${lookup}) p${position}) as found) r${position}
     where found is distinct from ${policy === null ? 'null' : `'${policy}'`})`;
  })
  .join(' union all ');
