import type { Client } from 'pg';
import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import type { Line } from '../line.ts';
import { type BenchWorld, giveKey, select } from './bench-world.ts';
import { type ApiProcesses, measureProcedure, subjectsNeeded } from './measure-procedure.ts';
import type { Subject } from './statement-plan.ts';

/** How many times a run calls. */
export interface Amounts {
  readonly reads: number;
  readonly writes: number;
}

const PAGE = 50;
const CHAIN = { scopeCode: 'RAN', vendorCode: null, atpCategory: 'HARDWARE' } as const;

/** Five representative procedures beside the same statements by `pg` on plain `node:http`. */
export async function measureProcedures(
  bench: Bench,
  world: BenchWorld,
  processes: ApiProcesses,
  { reads, writes }: Amounts,
): Promise<Line[]> {
  const { workspaceId, busiest } = world;
  return await bench.server.withClient(world.database, async (client) => {
    const sites = await sitesOfOneCluster(client, workspaceId);
    const common = { person: busiest, kind: 'query', subjects: sites, amount: reads } as const;
    const siteOf = ({ siteId = '' }: Subject) => ({ siteId });
    const lookup = await measureProcedure(bench, world, processes, {
      ...common,
      name: 'point lookup (sites.get)',
      procedure: 'sites.get',
      inputOf: siteOf,
      gives: 'row',
      goal: 0.6,
    });
    const list = await measureProcedure(bench, world, processes, {
      ...common,
      name: `list of ${PAGE} with joins (submissions.list)`,
      procedure: 'submissions.list',
      amount: Math.ceil(reads / 2),
      inputOf: () => ({ limit: PAGE }),
      gives: 'items',
      goal: 0.5,
    });
    const preview = await measureProcedure(bench, world, processes, {
      ...common,
      name: 'routing preview (workflows.preview)',
      procedure: 'workflows.preview',
      amount: Math.ceil(reads / 2),
      inputOf: (subject) => ({ ...siteOf(subject), ...CHAIN }),
      gives: 'answer',
    });
    const startedSince = new Date();
    const needed = subjectsNeeded(writes, bench.runs);
    const start = await measureProcedure(bench, world, processes, {
      ...common,
      name: 'start a workflow (workflows.start)',
      procedure: 'workflows.start',
      kind: 'mutation',
      // A site has as many workflows as one likes.
      subjects: Array.from({ length: needed }, (_, index) => sites[index % sites.length] ?? {}),
      amount: writes,
      inputOf: (subject) => ({ ...siteOf(subject), ...CHAIN }),
      gives: 'answer',
      goal: 0.6,
    });
    // What was just started is there to be decided.
    const { approverId, stages } = await firstStages(client, workspaceId, startedSince);
    const decide = await measureProcedure(bench, world, processes, {
      ...common,
      name: 'decide a stage (workflows.decide)',
      procedure: 'workflows.decide',
      kind: 'mutation',
      person: await giveKey(client, workspaceId, approverId),
      subjects: stages,
      amount: writes,
      inputOf: ({ stageId }) => ({ stageId, decision: 'APPROVE', items: [], comment: null }),
      gives: 'answer',
      goal: 0.6,
    });
    return [lookup, list, preview, decide, start].flat();
  });
}

/** Sites of one cluster, for which the same chain applies with the same people. */
async function sitesOfOneCluster(client: Client, workspaceId: string): Promise<Subject[]> {
  const rows = await select<{ siteId: string }>(
    client,
    `select id as "siteId" from sites where workspace_id = $1 and cluster_code = (
       select cluster_code from sites where workspace_id = $1 group by 1 order by count(*) desc, 1 limit 1)
     order by id limit 500`,
    [workspaceId],
  );
  return rows.map(({ siteId }) => ({ siteId }));
}

/** The first stages of workflows started since, all of one approver, with the ids that deciding them names. */
async function firstStages(
  client: Client,
  workspaceId: string,
  since: Date,
): Promise<{ approverId: string; stages: Subject[] }> {
  const rows = await select<{ stageId: string; workflowId: string; nextStageId: string; approverId: string }>(
    client,
    `select s.id as "stageId", s.workflow_id as "workflowId", s.approver_id as "approverId", n.id as "nextStageId"
     from workflow_stages s
     join workflow_instances w on w.id = s.workflow_id
     join workflow_stages n on n.workflow_id = w.id and n.stage_number = 2
     where s.workspace_id = $1 and s.stage_number = 1 and s.status = 'PENDING' and w.created_at >= $2
       and w.status = 'IN_PROGRESS'
     order by s.id`,
    [workspaceId, since],
  );
  const byApprover = Map.groupBy(rows, ({ approverId }) => approverId);
  const [most] = [...byApprover].toSorted(([, a], [, b]) => b.length - a.length);
  if (most === undefined) throw new BenchError('no workflow was started');
  const [approverId, found] = most;
  return {
    approverId,
    stages: found.map(({ stageId, workflowId, nextStageId }) => ({ stageId, workflowId, nextStageId })),
  };
}
