import { Prisma } from '@apms/db';

/**
 * Condition that workflow `w` was started for submission `s`: it is the current one, or an earlier one that was
 * rejected, which names the submission as `submissionId` of its routing snapshot.
 */
export const isWorkflowOfSubmission = Prisma.sql`
  w.site_id = s.site_id and w.workspace_id = s.workspace_id
  and (w.id = s.workflow_id or w.routing_snapshot ->> 'submissionId' = s.id)`;

/** The items of all workflows of submission `s`: `from` to be joined by those who name `s` before it. */
export const itemsOfSubmission = Prisma.sql`
  workflow_instances w
  join punchlists p on p.workflow_id = w.id and p.workspace_id = w.workspace_id
  join punchlist_items i on i.punchlist_id = p.id and i.workspace_id = p.workspace_id`;
