import { Prisma } from '@apms/db';
import type { Produced, WorkflowRef, WorkflowTimeline } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { jsonInstant } from './json-instant.ts';
import {
  personJson,
  stageJson,
  stageOrder,
  stageTables,
  workflowColumnsWith,
  workflowTables,
} from './workflow-columns.ts';

/** Under which configuration, and by whom, each stage was decided, in one round trip. @throws {AppError} ENTITY_NOT_FOUND */
export async function getTimeline(
  { db }: WorkspaceContext,
  { workflowId }: WorkflowRef,
): Promise<Produced<typeof WorkflowTimeline>> {
  const [timeline] = await db.query<Produced<typeof WorkflowTimeline>[]>(Prisma.sql`
    ${workflowColumnsWith(versionJson)}, w.routing_snapshot ->> 'matchedBy' as "matchedBy",
      (select jsonb_agg(${stageJson} || jsonb_build_object(
          'actions', ${actionsJson}, 'punchlists', ${punchlistsJson}, 'overrides', ${overridesJson}
        ) order by ${stageOrder}) ${stageTables} where s.workflow_id = w.id) as stages
    ${workflowTables}
    where w.id = ${workflowId}`);
  if (timeline === undefined)
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'workflow', id: workflowId });
  return timeline;
}

const versionJson = Prisma.sql`
  (select jsonb_build_object(
     'id', cv.id, 'versionNumber', cv.version_number, 'status', cv.status, 'sourceFileName', cv.source_file_name,
     'sourceChecksum', cv.source_checksum, 'importedBy', ${personJson('importer')},
     'importedAt', ${jsonInstant(Prisma.sql`cv.imported_at`)})
   from users importer where importer.id = cv.imported_by_id)`;

const actionsJson = Prisma.sql`
  coalesce((
    select jsonb_agg(jsonb_build_object(
      'id', a.id, 'actionType', a.action_type, 'actor', ${personJson('actor')}, 'comment', a.comment,
      'details', a.details - 'documents', 'documents', coalesce(a.details -> 'documents', '[]'), 'createdAt', ${jsonInstant(Prisma.sql`a.created_at`)}
    ) order by a.created_at, a.id)
    from workflow_stage_actions a left join users actor on actor.id = a.actor_id
    where a.workflow_stage_id = s.id and a.workspace_id = s.workspace_id
  ), '[]')`;

const punchlistsJson = Prisma.sql`
  coalesce((
    select jsonb_agg(jsonb_build_object('id', pl.id, 'status', pl.status, 'title', pl.title, 'items', coalesce((
      select jsonb_agg(jsonb_build_object(
        'id', i.id, 'itemCode', i.item_code, 'description', i.description, 'severity', i.severity, 'status', i.status
      ) order by i.item_code)
      from punchlist_items i where i.punchlist_id = pl.id and i.workspace_id = pl.workspace_id
    ), '[]')) order by pl.created_at, pl.id)
    from punchlists pl where pl.workflow_stage_id = s.id and pl.workspace_id = s.workspace_id
  ), '[]')`;

const overridesJson = Prisma.sql`
  coalesce((
    select jsonb_agg(jsonb_build_object(
      'id', o.id, 'overrideType', o.override_type, 'approvalStatus', o.approval_status,
      'fromUser', ${personJson('former')}, 'toUser', ${personJson('present')}, 'reason', o.reason,
      'requestedBy', ${personJson('requester')}, 'approvedBy', ${personJson('judge')},
      'approvedAt', ${jsonInstant(Prisma.sql`o.approved_at`)}
    ) order by o.created_at, o.id)
    from approver_overrides o
    left join users former on former.id = o.from_user_id
    join users present on present.id = o.to_user_id
    join users requester on requester.id = o.requested_by_id
    left join users judge on judge.id = o.approved_by_id
    where o.workflow_stage_id = s.id or o.id in (
      select a.details ->> 'overrideId' from workflow_stage_actions a
      where a.workflow_stage_id = s.id and a.action_type = 'REASSIGNED')
  ), '[]')`;
