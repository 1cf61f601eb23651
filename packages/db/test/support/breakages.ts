import type { CheckCode } from '@apms/validators';
import type { Probe } from '../../src/checks/probe/probe.ts';

/** A database broken on purpose, inside a transaction, and the checks that have to notice. */
export interface Breakage {
  readonly what: string;
  /** Breaks the database; the rows of the given workspace are there to be damaged. */
  readonly sql: (rows: Probe) => string;
  readonly codes: readonly CheckCode[];
  readonly problem: RegExp;
}

const index = 'ux_config_versions_one_active_per_workspace';

/** Damages rows past keys and triggers, as a restore with them switched off would. */
const unguarded = (sql: string): string =>
  `set local session_replication_role = replica; ${sql}; set local session_replication_role = origin`;

export const breakages: readonly Breakage[] = [
  {
    what: 'a table is missing',
    sql: () => 'drop table punchlist_items cascade',
    codes: ['C1'],
    problem: /C1: table punchlist_items is missing/,
  },
  {
    what: 'the partial unique index is dropped',
    sql: () => `drop index ${index}`,
    codes: ['C1', 'C3'],
    problem: new RegExp(
      `C1: partial unique index ${index} is missing\nC3: a second ACTIVE version .* was accepted`,
    ),
  },
  {
    what: 'the partial unique index covers other columns',
    sql: () => `drop index ${index};
      create unique index ${index} on config_versions (workspace_id) where status = 'ACTIVE'`,
    codes: ['C1'],
    problem: /covers \(workspace_id\)/,
  },
  {
    what: 'the partial unique index has another predicate',
    sql: () => `drop index ${index};
      create unique index ${index} on config_versions (workspace_id, source_type)
        where status = 'ACTIVE' and not is_rollback`,
    codes: ['C1'],
    problem: /has the predicate/,
  },
  {
    what: 'the partial unique index is not unique',
    sql: () => `drop index ${index};
      create index ${index} on config_versions (workspace_id, source_type) where status = 'ACTIVE'`,
    codes: ['C1', 'C3'],
    problem: /is not unique/,
  },
  {
    what: 'a foreign key is dropped',
    sql: () => 'alter table workflow_stages drop constraint fk_workflow_stages_role',
    codes: ['C1'],
    problem: /C1: workflow_stages\.role_id belongs to no foreign key/,
  },
  {
    what: 'a vital foreign key is dropped whose column another key uses',
    sql: () => 'alter table workflow_instances drop constraint fk_workflow_instances_config_version',
    codes: ['C1'],
    problem: /C1: no foreign key from workflow_instances to config_versions/,
  },
  {
    what: 'a foreign key is not validated',
    sql: () => `alter table workflow_stages drop constraint fk_workflow_stages_approver;
      alter table workflow_stages add constraint fk_workflow_stages_approver
        foreign key (approver_id) references users (id) not valid`,
    codes: ['C1'],
    problem: /C1: foreign key fk_workflow_stages_approver is not validated/,
  },
  {
    what: 'a foreign key that is not validated hides orphans',
    sql: ({ prefix }) => `alter table workflow_stages drop constraint fk_workflow_stages_approver;
      update workflow_stages set approver_id = 'nobody' where id = '${prefix}:workflow_stages';
      alter table workflow_stages add constraint fk_workflow_stages_approver
        foreign key (approver_id) references users (id) not valid`,
    codes: ['C1'],
    problem:
      /C1: workflow_stages \(approver_id\) refers to 1 missing rows of users \(fk_workflow_stages_approver\)/,
  },
  {
    what: "a foreign key's triggers are disabled",
    sql: () => 'alter table workflow_stages disable trigger all',
    codes: ['C1', 'C5', 'C6'],
    problem: /C1: foreign key fk_workflow_stages_role is not enforced: its trigger is disabled/,
  },
  {
    what: 'a check is not validated',
    sql: () => `alter table sites add constraint ck_sites_name check (name <> '') not valid;
      alter table punchlists add constraint ck_punchlists_title check (title <> '') not valid`,
    codes: ['C1'],
    problem: /C1: check ck_punchlists_title is not validated/,
  },
  {
    what: "a foreign-key column has another type than the key's",
    sql: () => 'alter table workflow_stages alter column approver_id type varchar(60)',
    codes: ['C2'],
    problem: /C2: workflow_stages\.approver_id is character varying but references users\.id, which is text/,
  },
  {
    what: 'the lifecycle trigger is disabled',
    sql: () => 'alter table config_versions disable trigger trg_config_versions_lifecycle',
    codes: ['C3'],
    problem: /C3: deleting an ACTIVE version was accepted\nC3: editing an ACTIVE version was accepted/,
  },
  {
    what: 'rows of an ACTIVE version can be changed',
    sql: () => 'alter table vendor_master disable trigger trg_vendor_master_update',
    codes: ['C3'],
    problem: /^C3: changing a row of vendor_master in an ACTIVE version was accepted$/m,
  },
  {
    what: 'a superseded version does not name its successor',
    sql: ({ prefix }) =>
      unguarded(`update config_versions set superseded_by_id = null where id = '${prefix}:config_versions'`),
    codes: ['C3'],
    problem: /C3: 1 config versions are SUPERSEDED without naming their successor/,
  },
  {
    what: 'a version was put in without its predecessor knowing',
    sql: ({ prefix }) =>
      unguarded(`update config_versions set status = 'ARCHIVED', superseded_by_id = '${prefix}:3:config_versions'
                 where id = '${prefix}:config_versions'`),
    codes: ['C3'],
    problem: /C3: 1 config versions name a successor that does not name them as its predecessor/,
  },
  {
    what: 'a workflow can be moved to another version',
    sql: () => 'alter table workflow_instances disable trigger trg_workflow_instances_frozen',
    codes: ['C4'],
    problem: /C4: moving a workflow to another version was accepted/,
  },
  {
    what: 'a workflow runs on a DRAFT',
    sql: ({ prefix }) =>
      unguarded(`update workflow_instances set config_version_id = '${prefix}:3:config_versions',
                   policy_id = '${prefix}:3:approval_policy_master', scope_id = '${prefix}:3:atp_scope_master',
                   vendor_id = '${prefix}:3:vendor_master' where id = '${prefix}:workflow_instances'`),
    codes: ['C4'],
    problem: /C4: 1 workflows run on config version .*:3:config_versions, which is still a DRAFT/,
  },
  {
    what: 'row-level security is disabled',
    sql: () => 'alter table punchlists disable row level security',
    codes: ['C5'],
    problem:
      /C5: punchlists has no row-level security[^]*a row of punchlists is visible from another workspace/,
  },
  {
    what: 'row-level security is not forced',
    sql: () => 'alter table workflow_stages no force row level security',
    codes: ['C5'],
    problem: /^C5: workflow_stages does not force row-level security$/m,
  },
  {
    what: 'a policy lets everything through',
    sql: () => 'create policy generous on sites to apms_api using (true)',
    codes: ['C5'],
    problem:
      /C5: a row of sites is visible from another workspace[^]*adding a row to sites in another workspace was/,
  },
  {
    what: 'a policy lets rows be written into other workspaces',
    sql: () => 'create policy generous on vendor_master for insert to apms_api with check (true)',
    codes: ['C5'],
    problem: /C5: adding a row to vendor_master in another workspace was/,
  },
  {
    what: 'a policy hides a workspace from itself',
    sql: () => 'drop policy workspace_isolation on documents',
    codes: ['C5'],
    problem:
      /C5: documents has no policy for apms_api[^]*a row of documents is not visible in its own workspace/,
  },
  {
    what: 'a new table forgets its row-level security',
    sql: () =>
      'create table visits (id text primary key, workspace_id uuid not null references workspaces (id))',
    codes: ['C5', 'I1'],
    problem: /C5: visits has no row-level security/,
  },
  {
    what: "the API's role bypasses row-level security",
    sql: () => 'alter role apms_api bypassrls',
    codes: ['C5'],
    problem: /C5: role apms_api has BYPASSRLS/,
  },
  {
    what: "the API's role may become a stronger one",
    sql: () => 'create role apms_test_stronger bypassrls; grant apms_test_stronger to apms_api',
    codes: ['C5'],
    problem: /C5: role apms_api can become apms_test_stronger, which bypasses row-level security/,
  },
  {
    what: "the API's role may become the system's",
    sql: () => 'grant apms_jobs to apms_api',
    codes: ['C5'],
    problem: /^C5: role apms_api can become apms_jobs, which has policies of its own$/m,
  },
  {
    what: "the system's policy is everybody's",
    sql: () => 'alter policy system_work on documents to public',
    codes: ['C5'],
    problem:
      /C5: documents lets apms_api through by the policy system_work[^]*a row of documents is visible from another/,
  },
  {
    what: 'a new table, of which no probe has a row, lets everything through',
    sql: () => `create table visits (number int primary key, workspace_id uuid not null references workspaces (id));
      create index on visits (workspace_id);
      alter table visits enable row level security, force row level security;
      create policy workspace_isolation on visits to apms_api using (true)`,
    codes: ['C5'],
    problem: /^C5: visits lets apms_api through by the policy workspace_isolation$/m,
  },
  {
    what: "the API's role may truncate",
    sql: () => 'grant truncate on sites to apms_api',
    codes: ['C5'],
    problem: /C5: sites can be truncated by apms_api/,
  },
  {
    what: 'a reference does not carry its workspace',
    sql: () => `alter table punchlists drop constraint fk_punchlists_workflow;
      alter table punchlists add constraint fk_punchlists_workflow
        foreign key (workflow_id) references workflow_instances (id)`,
    codes: ['C5'],
    problem:
      /fk_punchlists_workflow does not carry workspace_id\nC5: a reference from punchlists\.workflow_id into another/,
  },
  {
    what: 'discarding a DRAFT leaves rows of it',
    sql: () => 'alter table vendor_master drop constraint fk_vendor_master_config_version',
    codes: ['C1', 'C5'],
    problem: /C5: discarding a DRAFT left 2 rows in vendor_master/,
  },
  {
    what: 'the log of actions can be changed',
    sql: () => 'alter table workflow_stage_actions disable trigger trg_workflow_stage_actions_append_only',
    codes: ['C6'],
    problem: /C6: changing a logged action was accepted\nC6: deleting a logged action was accepted/,
  },
  {
    what: 'audit events can be changed',
    sql: () => 'alter table audit_events disable trigger trg_audit_events_append_only',
    codes: ['C6'],
    problem: /C6: changing an audit event was accepted/,
  },
  {
    what: 'a foreign key has no index',
    sql: () => 'drop index idx_workflow_stages_role_id',
    codes: ['I1'],
    problem:
      /I1: foreign key fk_workflow_stages_role has no index that starts with \(role_id, workspace_id\)/,
  },
  {
    what: 'a hot-path index is missing',
    sql: () => 'drop index idx_workflow_stages_sla_scan',
    codes: ['I1'],
    problem: /I1: hot-path index idx_workflow_stages_sla_scan is missing/,
  },
  {
    what: 'an index is invalid',
    sql: () =>
      `update pg_index set indisvalid = false where indexrelid = 'idx_atp_submissions_qa_queue'::regclass`,
    codes: ['I1'],
    problem: /I1: index idx_atp_submissions_qa_queue is invalid/,
  },
  {
    what: 'a check on a value set is dropped',
    sql: () => 'alter table workflow_stages drop constraint ck_workflow_stages_status',
    codes: ['I2'],
    problem:
      /I2: workflow_stages\.status has no validated check[^]*a value of workflow_stages\.status outside its set was/,
  },
  {
    what: 'a value set is wider than declared',
    sql: () => `alter table punchlists drop constraint ck_punchlists_status;
      alter table punchlists add constraint ck_punchlists_status check (status in ('OPEN', 'CLOSED', 'CANCELLED', 'LOST'))`,
    codes: ['I2'],
    problem: /I2: punchlists\.status allows CANCELLED, CLOSED, LOST, OPEN instead of OPEN, CLOSED, CANCELLED/,
  },
  {
    what: 'a rule beside the value sets is dropped',
    sql: () => 'alter table punchlist_items drop constraint ck_punchlist_items_evidence',
    codes: ['I2'],
    problem: /^I2: a closed item without evidence in punchlist_items was accepted$/m,
  },
  {
    what: 'a version does not name its source file',
    sql: ({ prefix }) =>
      unguarded(`update config_versions set source_file_name = ' ' where id = '${prefix}:config_versions'`),
    codes: ['I3'],
    problem: /I3: 1 config versions do not name their source file/,
  },
  {
    what: 'a decision was not logged',
    sql: ({ prefix }) =>
      unguarded(`delete from workflow_stage_actions where id = '${prefix}:workflow_stage_actions'`),
    codes: ['I3'],
    problem: /I3: 1 decided stages have no action that says who decided them/,
  },
];
