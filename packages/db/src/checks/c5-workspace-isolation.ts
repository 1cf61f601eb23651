import type { Check } from './check.ts';
import { tryLeaks } from './isolation/leaks.ts';
import { findLeftovers } from './isolation/leftovers.ts';
import { notedRows, noteProbeRows } from './isolation/note-probe-rows.ts';
import { noteScopedTables, scopedTables } from './isolation/note-scoped-tables.ts';
import { tryReferences, unscopedKeys } from './isolation/reference-leaks.ts';
import { roleGaps, tableGaps } from './isolation/row-security-gaps.ts';
import { masterTables } from './master-tables.ts';
import { outcomeSql, problemsOf } from './outcome-sql.ts';
import { foundProblems } from './probe/attempt.ts';
import { activateVersionSql, draftVersionSql } from './probe/config-version.ts';
import { foundationSql, settingsSql } from './probe/foundation.ts';
import { otherProbe, type Probe, probe } from './probe/probe.ts';
import { workflowSql } from './probe/workflow.ts';

/** No row of one workspace is visible to, changeable from, or referenced by another. */
export const c5WorkspaceIsolation: Check = {
  code: 'C5',
  title: 'Workspace isolation',
  needs: masterTables,
  sql: () => `
  ${workspaceSql(probe)} ${workspaceSql(otherProbe)} ${settingsSql([probe, otherProbe])}
  ${noteScopedTables}
  ${noteProbeRows}
  ${tryReferences}
  ${tryLeaks}
  ${findLeftovers({ probe, number: 2 })}
  ${outcomeSql(
    {
      scopedTables: `(select count(*) from ${scopedTables})`,
      tablesWithForcedRowSecurity: `(select count(*) from ${scopedTables} where forced)`,
      tablesProbed: `(select count(*) from ${scopedTables} where ${notedRows} ? name)`,
      writesTried: "current_setting('validation.writes')::int",
      referencesTried: "current_setting('validation.references')::int",
    },
    [problemsOf(roleGaps), problemsOf(tableGaps), problemsOf(unscopedKeys), foundProblems],
  )}`,
};

/** Besides an ACTIVE version and a workflow, a DRAFT: what must be refused may not be so for its version's sake. */
function workspaceSql(of: Probe): string {
  const first = { probe: of, number: 1 };
  return (
    foundationSql(of) +
    draftVersionSql(first) +
    activateVersionSql(first) +
    workflowSql(first) +
    draftVersionSql({ probe: of, number: 2, predecessor: first })
  );
}
