import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import { activateVersionSql, draftVersionSql } from '../../src/checks/probe/config-version.ts';
import { foundationSql } from '../../src/checks/probe/foundation.ts';
import type { Probe } from '../../src/checks/probe/probe.ts';
import { workflowSql } from '../../src/checks/probe/workflow.ts';

/** Commits a workspace with a superseded and an ACTIVE version, a workflow on the former, and a DRAFT. */
export async function insertProductionRows(client: ClientBase): Promise<Probe> {
  const probe: Probe = { workspaceId: randomUUID(), prefix: randomUUID() };
  const first = { probe, number: 1 };
  const second = { probe, number: 2, predecessor: first };
  await client.query(
    [
      foundationSql(probe),
      draftVersionSql(first),
      activateVersionSql(first),
      workflowSql(first),
      draftVersionSql(second),
      activateVersionSql(second),
      draftVersionSql({ probe, number: 3, predecessor: second }),
    ].join(''),
  );
  return probe;
}
