import { escapeLiteral } from 'pg';
import { orphanSettings } from '../audit-orphans.ts';
import { describeOrphans } from '../orphan-evidence.ts';
import type { OrphanQuery } from '../plan-orphan-queries.ts';
import { runWaiting } from './waiting-check.ts';

/** One query a foreign key, run like a check; what they find is kept as the evidence that C1 reads. */
export function orphansPart(queries: readonly OrphanQuery[]): string {
  const sql = `
select set_config('validation.findings', '[]', true);
-- An error instead of an audit that misses the rows which a policy hides.
set local row_security = off;
${Object.entries(orphanSettings)
  .map(([name, value]) => `set local ${name} = ${escapeLiteral(value)};`)
  .join('\n')}
${queries.map(orphanStatement).join('')}
select jsonb_build_object('keysScanned', ${queries.length}, 'orphans', coalesce(sum((finding ->> 'count')::bigint), 0)) as figures,
       coalesce(jsonb_agg(finding order by finding ->> 'severity', position), '[]') as problems
from jsonb_array_elements(current_setting('validation.findings')::jsonb) with ordinality f(finding, position)`;
  return `${runWaiting({ code: 'orphans', title: 'Orphan audit', needs: [], sql })}${keepEvidence}`;
}

function orphanStatement({ foreignKey, sql }: OrphanQuery): string {
  const { name, severity, table, columns, referencedTable } = foreignKey;
  const message = describeOrphans(foreignKey, '\0').replaceAll('%', '%%').replace('\0', '%s');
  return `
-- ${severity}: ${comment(`${name}, ${table} (${columns.join(', ')}) to ${referencedTable}`)}
select set_config('validation.findings', (current_setting('validation.findings')::jsonb || jsonb_build_object(
  'severity', '${severity}', 'table', ${escapeLiteral(table)}, 'count', count, 'sampleIds', to_jsonb("sampleIds"),
  'message', format(${escapeLiteral(message)}, count)))::text, true)
from (${sql}
) orphans where count > 0;`;
}

/** A name may contain anything, also the end of a line. */
function comment(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

const keepEvidence = `select set_config('validation.orphans', (
  select case when result -> 'figures' = '{}' then jsonb_build_object('failure', result -> 'problems' -> 0 -> 'detail')
              else jsonb_build_object(
                'checked', result -> 'figures' -> 'keysScanned', 'orphans', result -> 'figures' -> 'orphans',
                'problems', (select coalesce(jsonb_agg(problem - 'severity' order by position), '[]')
                             from jsonb_array_elements(result -> 'problems') with ordinality p(problem, position))) end
  from jsonb_array_elements(current_setting('validation.results')::jsonb) result
  where result ->> 'code' = 'orphans')::text, true) as evidence, 'yes' as orphans_known \\gset validation_
`;
