import { expressionsOf } from './expressions.ts';
import type { SeedPlan, SeedStatement } from './seed-plan.ts';

/**
 * A punchlist for each stage that was rejected (one item is CRITICAL) or approved with one (none is), its items in all
 * states, and the photo that proves each item that is no longer OPEN.
 */
export function punchlists(plan: SeedPlan): SeedStatement[] {
  return [...placeLists(plan), ...insertLists(plan)];
}

function placeLists(plan: SeedPlan): SeedStatement[] {
  const { id, pick } = expressionsOf(plan);
  const after = (days: number, share: number) =>
    `raised_at + least(interval '${days} days', (${plan.until} - raised_at) * ${share})`;
  const key = 'p.n * 16 + p.step';
  return [
    {
      table: 'seed_punchlist',
      sql: `
        create temp table seed_punchlist on commit drop as
        select p.*, ${id('punchlist', 'p.stage_id', 'raised_at')} as id,
          case when is_settled then 'CLOSED' when workflow_status = 'CANCELLED' then 'CANCELLED' else 'OPEN' end as status,
          case when is_settled then ${after(9, 0.75)} end as closed_at
        from (
          select n, workspace_id, workspace_no, workflow_id, id as stage_id, step, decided_at as raised_at, approver_id,
            workflow_status, status = 'REJECTED' as is_rejection,
            settled and status <> 'REJECTED' and workflow_status <> 'CANCELLED' as is_settled
          from seed_stage where status in ('APPROVED_WITH_PUNCHLIST', 'REJECTED')
        ) p`,
    },
    {
      table: 'seed_item',
      sql: `
        create temp table seed_item on commit drop as
        select p.id as punchlist_id, p.workspace_id, p.workspace_no, p.approver_id, p.raised_at, number,
          ${id('item', "p.id || ':' || number", 'raised_at')} as id,
          ${id('evidence', "p.id || ':' || number", after(3, 0.25))} as evidence_id,
          case when is_rejection and number = 1 then 'CRITICAL' when ${pick(`(${key}) * 8 + number`, 'severity', 3)} = 0 then 'MAJOR'
            else 'MINOR' end as severity,
          case when is_settled then 3 when number = 1 then 0 else ${pick(`(${key}) * 8 + number`, 'item', 4)} end as progress,
          ${after(3, 0.25)} as rectified_at, ${after(6, 0.5)} as validated_at, ${after(9, 0.75)} as closed_at
        from seed_punchlist p cross join lateral generate_series(1, 1 + ${pick(key, 'items', 4)}) number`,
    },
  ];
}

function insertLists(plan: SeedPlan): SeedStatement[] {
  const { checksum, pick } = expressionsOf(plan);
  return [
    {
      table: 'punchlists',
      sql: `
        insert into punchlists (id, workspace_id, workflow_id, workflow_stage_id, status, title, closed_at, created_at, updated_at)
        select id, workspace_id, workflow_id, stage_id, status, 'Defects at stage ' || step, closed_at, raised_at,
          coalesce(closed_at, raised_at)
        from seed_punchlist order by raised_at`,
    },
    {
      table: 'documents',
      sql: `
        insert into documents (id, workspace_id, name, media_type, size_bytes, sha256, storage_key, uploaded_by_id, created_at)
        select i.evidence_id, i.workspace_id, 'evidence-' || number || '.jpg', 'image/jpeg', 200000 + number,
          ${checksum('i.evidence_id')}, i.workspace_id || '/' || i.evidence_id, u.id, i.rectified_at
        from seed_item i
        join seed_user u on u.workspace_no = i.workspace_no and u.user_no = 16 + ${pick('number', 'photographer', 24)}
        where progress > 0 order by i.rectified_at`,
    },
    {
      table: 'punchlist_items',
      sql: `
        insert into punchlist_items (id, workspace_id, punchlist_id, item_code, description, severity, status,
          evidence_document_id, raised_by_id, rectified_at, validated_at, closed_at, created_at, updated_at)
        select id, workspace_id, punchlist_id, 'P-' || lpad(number::text, 2, '0'),
          (array['Loose cable tray', 'Missing label', 'Wrong grounding', 'Antenna tilt off plan', 'Damaged seal'])[number],
          severity, (array['OPEN', 'RECTIFIED', 'QA_VALIDATED', 'CLOSED'])[progress + 1],
          case when progress > 0 then evidence_id end, approver_id, case when progress > 0 then rectified_at end,
          case when progress > 1 then validated_at end, case when progress > 2 then closed_at end, raised_at,
          case progress when 0 then raised_at when 1 then rectified_at when 2 then validated_at else closed_at end
        from seed_item order by raised_at`,
    },
  ];
}
