import type { Check } from './check.ts';
import { findLeaks } from './isolation/find-leaks.ts';
import { findLeftovers } from './isolation/find-leftovers.ts';
import { findReferenceLeaks } from './isolation/find-reference-leaks.ts';
import { findRowSecurityGaps } from './isolation/find-row-security-gaps.ts';
import { listScopedTables } from './isolation/list-scoped-tables.ts';
import { readProbeRows } from './isolation/read-probe-rows.ts';
import { masterTables } from './master-tables.ts';
import { activateVersionSql, draftVersionSql } from './probe/config-version.ts';
import { foundationSql, settingsSql } from './probe/foundation.ts';
import { newProbe, type Probe } from './probe/probe.ts';
import { workflowSql } from './probe/workflow.ts';

/** No row of one workspace is visible to, changeable from, or referenced by another. */
export const c5WorkspaceIsolation: Check = {
  code: 'C5',
  title: 'Workspace isolation',
  needs: masterTables,
  async run({ client }) {
    const { tables, role } = await listScopedTables(client);
    const gaps = findRowSecurityGaps(tables, role);
    const [ours, theirs] = [newProbe(), newProbe()];
    const hasSettings = tables.some(({ name }) => name === 'workspace_settings');
    for (const probe of [ours, theirs])
      await client.query(workspaceSql(probe) + (hasSettings ? settingsSql(probe) : ''));
    const scoped = new Set(tables.filter(({ column }) => column === 'workspace_id').map(({ name }) => name));
    const theirRows = await readProbeRows(client, tables, theirs);
    const probed = tables.filter(({ name }) => theirRows.has(name));
    const references = await findReferenceLeaks(client, scoped, new Set(theirRows.keys()), ours, theirs);
    const leaks =
      role === null
        ? { attempts: 0, problems: [] }
        : await findLeaks(client, probed, theirRows, ours, theirs);
    const leftovers = await findLeftovers(client, { probe: ours, number: 2 });
    return {
      figures: {
        scopedTables: tables.length,
        tablesWithForcedRowSecurity: tables.filter(({ forced }) => forced).length,
        tablesProbed: probed.length,
        writesTried: leaks.attempts,
        referencesTried: references.attempts,
      },
      problems: [...gaps, ...references.problems, ...leaks.problems, ...leftovers],
    };
  },
};

/** Besides an ACTIVE version and a workflow, a DRAFT: what must be refused may not be so for its version's sake. */
function workspaceSql(probe: Probe): string {
  const first = { probe, number: 1 };
  return (
    foundationSql(probe) +
    draftVersionSql(first) +
    activateVersionSql(first) +
    workflowSql(first) +
    draftVersionSql({ probe, number: 2, predecessor: first })
  );
}
