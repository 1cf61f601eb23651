-- Why: the sixteen master tables: versioned approval configuration, the workflows frozen to it, and the
-- submissions, punchlists and actions that run through them. Value rules, natural keys and indexes come with the
-- tables; all foreign keys but one are left to the next migration, which proves the existing rows first.
-- Undo: drop the sixteen tables. Their rows are lost, so take a backup first.

CREATE TABLE config_versions (
  id                       TEXT           NOT NULL,
  workspace_id             UUID           NOT NULL,
  source_type              TEXT           NOT NULL,
  version_number           INTEGER        NOT NULL,
  status                   TEXT           NOT NULL DEFAULT 'DRAFT',
  source_file_name         TEXT           NOT NULL,
  source_file_type         TEXT           NOT NULL,
  source_checksum          CHAR(64)       NOT NULL,
  validation_status        TEXT           NOT NULL DEFAULT 'PENDING',
  validation_result        JSONB          NOT NULL DEFAULT '{}',
  warnings_acknowledged_at TIMESTAMPTZ(3),
  previous_version_id      TEXT,
  superseded_by_id         TEXT,
  is_rollback              BOOLEAN        NOT NULL DEFAULT FALSE,
  notes                    TEXT,
  imported_by_id           TEXT           NOT NULL,
  imported_at              TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  activated_by_id          TEXT,
  activated_at             TIMESTAMPTZ(3),
  superseded_at            TIMESTAMPTZ(3),
  archived_at              TIMESTAMPTZ(3),
  created_at               TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at               TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT config_versions_pkey PRIMARY KEY (id),
  CONSTRAINT ck_config_versions_source_type
    CHECK (source_type IN ('APPROVAL_MATRIX', 'CLUSTER_MAPPING', 'SCOPE_CONFIG')),
  CONSTRAINT ck_config_versions_status CHECK (status IN ('DRAFT', 'ACTIVE', 'SUPERSEDED', 'ARCHIVED')),
  CONSTRAINT ck_config_versions_validation_status
    CHECK (validation_status IN ('PENDING', 'VALID', 'WARNINGS', 'INVALID')),
  CONSTRAINT ck_config_versions_version_number CHECK (version_number > 0),
  CONSTRAINT ck_config_versions_source_checksum CHECK (source_checksum ~ '^[0-9a-f]{64}$'),
  CONSTRAINT ck_config_versions_active_not_invalid
    CHECK (NOT (status = 'ACTIVE' AND validation_status = 'INVALID')),
  CONSTRAINT ck_config_versions_links CHECK (previous_version_id <> id AND superseded_by_id <> id),
  CONSTRAINT fk_config_versions_workspace
    FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON DELETE RESTRICT
);

CREATE TABLE atp_scope_master (
  id                TEXT           NOT NULL,
  workspace_id      UUID           NOT NULL,
  config_version_id TEXT           NOT NULL,
  scope_code        TEXT           NOT NULL,
  scope_name        TEXT           NOT NULL,
  scope_group       TEXT           NOT NULL,
  atp_category      TEXT           NOT NULL DEFAULT 'BOTH',
  atp_type          TEXT           NOT NULL DEFAULT 'BOTH',
  requires_cluster  BOOLEAN        NOT NULL DEFAULT TRUE,
  is_active         BOOLEAN        NOT NULL DEFAULT TRUE,
  created_at        TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT atp_scope_master_pkey PRIMARY KEY (id),
  CONSTRAINT ck_atp_scope_master_scope_group
    CHECK (scope_group IN ('MICROWAVE', 'RAN', 'CME', 'PLN', 'OTHER')),
  CONSTRAINT ck_atp_scope_master_atp_category CHECK (atp_category IN ('HARDWARE', 'SOFTWARE', 'BOTH')),
  CONSTRAINT ck_atp_scope_master_atp_type CHECK (atp_type IN ('HARDWARE', 'SOFTWARE', 'BOTH'))
);

CREATE TABLE vendor_master (
  id                TEXT           NOT NULL,
  workspace_id      UUID           NOT NULL,
  config_version_id TEXT           NOT NULL,
  vendor_code       TEXT           NOT NULL,
  vendor_name       TEXT           NOT NULL,
  vendor_type       TEXT           NOT NULL DEFAULT 'OTHER',
  contact_email     TEXT,
  is_active         BOOLEAN        NOT NULL DEFAULT TRUE,
  created_at        TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT vendor_master_pkey PRIMARY KEY (id),
  CONSTRAINT ck_vendor_master_vendor_type
    CHECK (vendor_type IN ('EQUIPMENT', 'IMPLEMENTATION', 'SUBCONTRACTOR', 'OTHER'))
);

CREATE TABLE approval_role_master (
  id                   TEXT           NOT NULL,
  workspace_id         UUID           NOT NULL,
  config_version_id    TEXT           NOT NULL,
  role_code            TEXT           NOT NULL,
  role_name            TEXT           NOT NULL,
  hierarchy_order      INTEGER        NOT NULL,
  stage_group          TEXT           NOT NULL,
  is_final_approver    BOOLEAN        NOT NULL DEFAULT FALSE,
  can_approve_parallel BOOLEAN        NOT NULL DEFAULT FALSE,
  created_at           TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT approval_role_master_pkey PRIMARY KEY (id),
  CONSTRAINT ck_approval_role_master_stage_group
    CHECK (stage_group IN ('REVIEW', 'VALIDATION', 'SIGN', 'FINAL')),
  CONSTRAINT ck_approval_role_master_hierarchy_order CHECK (hierarchy_order > 0)
);

CREATE TABLE approval_policy_master (
  id                TEXT           NOT NULL,
  workspace_id      UUID           NOT NULL,
  config_version_id TEXT           NOT NULL,
  policy_code       TEXT           NOT NULL,
  policy_name       TEXT           NOT NULL,
  scope_id          TEXT           NOT NULL,
  vendor_id         TEXT,
  atp_category      TEXT           NOT NULL,
  fallback_priority INTEGER        NOT NULL DEFAULT 100,
  parent_policy_id  TEXT,
  is_active         BOOLEAN        NOT NULL DEFAULT TRUE,
  created_at        TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT approval_policy_master_pkey PRIMARY KEY (id),
  CONSTRAINT ck_approval_policy_master_atp_category CHECK (atp_category IN ('HARDWARE', 'SOFTWARE', 'BOTH')),
  CONSTRAINT ck_approval_policy_master_fallback_priority CHECK (fallback_priority > 0),
  CONSTRAINT ck_approval_policy_master_parent_policy CHECK (parent_policy_id <> id)
);

CREATE TABLE approval_policy_stages (
  id                TEXT           NOT NULL,
  workspace_id      UUID           NOT NULL,
  config_version_id TEXT           NOT NULL,
  policy_id         TEXT           NOT NULL,
  role_id           TEXT           NOT NULL,
  stage_number      INTEGER        NOT NULL,
  sequence_order    INTEGER        NOT NULL,
  parallel_group    INTEGER,
  is_required       BOOLEAN        NOT NULL DEFAULT TRUE,
  sla_hours         INTEGER        NOT NULL DEFAULT 48,
  assignment_mode   TEXT           NOT NULL DEFAULT 'CLUSTER',
  static_user_id    TEXT,
  assignment_rule   JSONB,
  created_at        TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT approval_policy_stages_pkey PRIMARY KEY (id),
  CONSTRAINT ck_approval_policy_stages_assignment_mode
    CHECK (assignment_mode IN ('CLUSTER', 'STATIC_USER', 'RULE', 'AUTO')),
  CONSTRAINT ck_approval_policy_stages_assignment CHECK (
    CASE assignment_mode
      WHEN 'STATIC_USER' THEN static_user_id IS NOT NULL
      WHEN 'RULE' THEN assignment_rule IS NOT NULL
      ELSE TRUE
    END
  ),
  CONSTRAINT ck_approval_policy_stages_stage_number CHECK (stage_number > 0),
  CONSTRAINT ck_approval_policy_stages_sequence_order CHECK (sequence_order > 0),
  CONSTRAINT ck_approval_policy_stages_parallel_group CHECK (parallel_group > 0),
  CONSTRAINT ck_approval_policy_stages_sla_hours CHECK (sla_hours > 0)
);

CREATE TABLE cluster_master (
  id                TEXT           NOT NULL,
  workspace_id      UUID           NOT NULL,
  config_version_id TEXT           NOT NULL,
  scope_id          TEXT           NOT NULL,
  cluster_code      TEXT           NOT NULL,
  cluster_name      TEXT,
  region            TEXT,
  province          TEXT,
  city              TEXT,
  m_sequence        TEXT,
  site_count        INTEGER        NOT NULL DEFAULT 0,
  source_sheet      TEXT,
  source_row        INTEGER,
  created_at        TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT cluster_master_pkey PRIMARY KEY (id),
  CONSTRAINT ck_cluster_master_site_count CHECK (site_count >= 0),
  CONSTRAINT ck_cluster_master_source_row CHECK (source_row > 0)
);

CREATE TABLE cluster_approver_master (
  id                TEXT           NOT NULL,
  workspace_id      UUID           NOT NULL,
  config_version_id TEXT           NOT NULL,
  cluster_id        TEXT           NOT NULL,
  role_id           TEXT           NOT NULL,
  user_id           TEXT           NOT NULL,
  rank              INTEGER        NOT NULL DEFAULT 1,
  effective_from    DATE,
  effective_to      DATE,
  source_sheet      TEXT,
  source_row        INTEGER,
  source_column     TEXT,
  created_at        TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT cluster_approver_master_pkey PRIMARY KEY (id),
  CONSTRAINT ck_cluster_approver_master_rank CHECK (rank > 0),
  CONSTRAINT ck_cluster_approver_master_effective_period CHECK (effective_to >= effective_from),
  CONSTRAINT ck_cluster_approver_master_source_row CHECK (source_row > 0)
);

CREATE TABLE workflow_instances (
  id                   TEXT           NOT NULL,
  workspace_id         UUID           NOT NULL,
  config_version_id    TEXT           NOT NULL,
  policy_id            TEXT           NOT NULL,
  site_id              TEXT           NOT NULL,
  scope_id             TEXT           NOT NULL,
  vendor_id            TEXT,
  atp_category         TEXT           NOT NULL,
  status               TEXT           NOT NULL DEFAULT 'IN_PROGRESS',
  current_stage_number INTEGER        NOT NULL DEFAULT 1,
  total_stages         INTEGER        NOT NULL,
  routing_snapshot     JSONB          NOT NULL,
  started_at           TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  completed_at         TIMESTAMPTZ(3),
  created_at           TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at           TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT workflow_instances_pkey PRIMARY KEY (id),
  CONSTRAINT ck_workflow_instances_atp_category CHECK (atp_category IN ('HARDWARE', 'SOFTWARE', 'BOTH')),
  CONSTRAINT ck_workflow_instances_status
    CHECK (status IN ('IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'REJECTED', 'CANCELLED')),
  CONSTRAINT ck_workflow_instances_current_stage CHECK (current_stage_number BETWEEN 1 AND total_stages),
  CONSTRAINT ck_workflow_instances_completed_at CHECK (completed_at >= started_at)
);

CREATE TABLE workflow_stages (
  id              TEXT           NOT NULL,
  workspace_id    UUID           NOT NULL,
  workflow_id     TEXT           NOT NULL,
  role_id         TEXT           NOT NULL,
  stage_number    INTEGER        NOT NULL,
  sequence_order  INTEGER        NOT NULL,
  parallel_group  INTEGER,
  is_required     BOOLEAN        NOT NULL DEFAULT TRUE,
  approver_id     TEXT,
  status          TEXT           NOT NULL DEFAULT 'WAITING',
  decision        TEXT,
  comment         TEXT,
  sla_hours       INTEGER        NOT NULL,
  opened_at       TIMESTAMPTZ(3),
  sla_due_at      TIMESTAMPTZ(3),
  sla_breached_at TIMESTAMPTZ(3),
  decided_at      TIMESTAMPTZ(3),
  created_at      TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at      TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT workflow_stages_pkey PRIMARY KEY (id),
  CONSTRAINT ck_workflow_stages_status CHECK (
    status IN ('WAITING', 'PENDING', 'APPROVED', 'APPROVED_WITH_PUNCHLIST', 'REJECTED', 'SKIPPED', 'CANCELLED')
  ),
  CONSTRAINT ck_workflow_stages_decision
    CHECK (decision IN ('APPROVE', 'APPROVE_WITH_PUNCHLIST', 'REJECT')),
  CONSTRAINT ck_workflow_stages_stage_number CHECK (stage_number > 0),
  CONSTRAINT ck_workflow_stages_sequence_order CHECK (sequence_order > 0),
  CONSTRAINT ck_workflow_stages_parallel_group CHECK (parallel_group > 0),
  CONSTRAINT ck_workflow_stages_sla_hours CHECK (sla_hours > 0),
  CONSTRAINT ck_workflow_stages_sla_due_at CHECK (sla_due_at >= opened_at)
);

CREATE TABLE approver_overrides (
  id                TEXT           NOT NULL,
  workspace_id      UUID           NOT NULL,
  override_type     TEXT           NOT NULL,
  workflow_stage_id TEXT,
  submission_id     TEXT,
  cluster_code      TEXT,
  region            TEXT,
  role_code         TEXT,
  from_user_id      TEXT,
  to_user_id        TEXT           NOT NULL,
  reason            TEXT           NOT NULL,
  approval_status   TEXT           NOT NULL DEFAULT 'PENDING',
  requested_by_id   TEXT           NOT NULL,
  approved_by_id    TEXT,
  approved_at       TIMESTAMPTZ(3),
  effective_from    TIMESTAMPTZ(3) NOT NULL,
  effective_to      TIMESTAMPTZ(3),
  created_at        TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at        TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT approver_overrides_pkey PRIMARY KEY (id),
  CONSTRAINT ck_approver_overrides_override_type
    CHECK (override_type IN ('STAGE', 'SUBMISSION', 'CLUSTER', 'REGION')),
  CONSTRAINT ck_approver_overrides_approval_status
    CHECK (approval_status IN ('PENDING', 'APPROVED', 'REJECTED', 'REVOKED')),
  CONSTRAINT ck_approver_overrides_target CHECK (
    CASE override_type
      WHEN 'STAGE' THEN workflow_stage_id IS NOT NULL
      WHEN 'SUBMISSION' THEN submission_id IS NOT NULL
      WHEN 'CLUSTER' THEN cluster_code IS NOT NULL
      WHEN 'REGION' THEN region IS NOT NULL
    END
  ),
  CONSTRAINT ck_approver_overrides_reason CHECK (btrim(reason) <> ''),
  CONSTRAINT ck_approver_overrides_users CHECK (from_user_id <> to_user_id),
  CONSTRAINT ck_approver_overrides_approved_by CHECK (
    (approval_status <> 'APPROVED' OR approved_by_id IS NOT NULL)
    AND approved_by_id <> requested_by_id
    AND approved_by_id <> to_user_id
  ),
  CONSTRAINT ck_approver_overrides_effective_period CHECK (effective_to >= effective_from)
);

CREATE TABLE atp_submissions (
  id                  TEXT           NOT NULL,
  workspace_id        UUID           NOT NULL,
  submission_number   TEXT           NOT NULL,
  site_id             TEXT           NOT NULL,
  scope_id            TEXT           NOT NULL,
  scope_code          TEXT           NOT NULL,
  atp_category        TEXT           NOT NULL,
  vendor_id           TEXT,
  revision_number     INTEGER        NOT NULL DEFAULT 1,
  status              TEXT           NOT NULL DEFAULT 'DRAFT',
  workflow_id         TEXT,
  resume_stage_number INTEGER,
  submitted_by_id     TEXT           NOT NULL,
  submitted_at        TIMESTAMPTZ(3),
  completed_at        TIMESTAMPTZ(3),
  created_at          TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at          TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT atp_submissions_pkey PRIMARY KEY (id),
  CONSTRAINT ck_atp_submissions_atp_category CHECK (atp_category IN ('HARDWARE', 'SOFTWARE', 'BOTH')),
  CONSTRAINT ck_atp_submissions_status CHECK (
    status IN ('DRAFT', 'QA_REVIEW', 'IN_REVIEW', 'APPROVED', 'APPROVED_WITH_PUNCHLIST', 'RECTIFICATION',
      'COMPLETED', 'CANCELLED')
  ),
  CONSTRAINT ck_atp_submissions_revision_number CHECK (revision_number > 0),
  CONSTRAINT ck_atp_submissions_resume_stage_number CHECK (resume_stage_number > 0)
);

CREATE TABLE atp_submission_documents (
  id              TEXT           NOT NULL,
  workspace_id    UUID           NOT NULL,
  submission_id   TEXT           NOT NULL,
  document_id     TEXT           NOT NULL,
  document_type   TEXT           NOT NULL,
  revision_number INTEGER        NOT NULL DEFAULT 1,
  created_at      TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT atp_submission_documents_pkey PRIMARY KEY (id),
  CONSTRAINT ck_atp_submission_documents_document_type CHECK (
    document_type IN ('ATP_FORM', 'TEST_REPORT', 'PHOTO', 'DRAWING', 'CERTIFICATE', 'OTHER')
  ),
  CONSTRAINT ck_atp_submission_documents_revision_number CHECK (revision_number > 0)
);

CREATE TABLE punchlists (
  id                TEXT           NOT NULL,
  workspace_id      UUID           NOT NULL,
  workflow_id       TEXT           NOT NULL,
  workflow_stage_id TEXT           NOT NULL,
  status            TEXT           NOT NULL DEFAULT 'OPEN',
  title             TEXT           NOT NULL,
  closed_at         TIMESTAMPTZ(3),
  created_at        TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at        TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT punchlists_pkey PRIMARY KEY (id),
  CONSTRAINT ck_punchlists_status CHECK (status IN ('OPEN', 'CLOSED', 'CANCELLED'))
);

CREATE TABLE punchlist_items (
  id                   TEXT           NOT NULL,
  workspace_id         UUID           NOT NULL,
  punchlist_id         TEXT           NOT NULL,
  item_code            TEXT           NOT NULL,
  description          TEXT           NOT NULL,
  severity             TEXT           NOT NULL,
  status               TEXT           NOT NULL DEFAULT 'OPEN',
  evidence_document_id TEXT,
  raised_by_id         TEXT           NOT NULL,
  comment              TEXT,
  rectified_at         TIMESTAMPTZ(3),
  validated_at         TIMESTAMPTZ(3),
  closed_at            TIMESTAMPTZ(3),
  created_at           TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at           TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT punchlist_items_pkey PRIMARY KEY (id),
  CONSTRAINT ck_punchlist_items_severity CHECK (severity IN ('CRITICAL', 'MAJOR', 'MINOR')),
  CONSTRAINT ck_punchlist_items_status CHECK (status IN ('OPEN', 'RECTIFIED', 'QA_VALIDATED', 'CLOSED')),
  CONSTRAINT ck_punchlist_items_evidence CHECK (status = 'OPEN' OR evidence_document_id IS NOT NULL)
);

CREATE TABLE workflow_stage_actions (
  id                TEXT           NOT NULL,
  workspace_id      UUID           NOT NULL,
  workflow_stage_id TEXT           NOT NULL,
  action_type       TEXT           NOT NULL,
  actor_id          TEXT,
  comment           TEXT,
  details           JSONB          NOT NULL DEFAULT '{}',
  created_at        TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT workflow_stage_actions_pkey PRIMARY KEY (id),
  CONSTRAINT ck_workflow_stage_actions_action_type CHECK (
    action_type IN ('OPENED', 'APPROVED', 'APPROVED_WITH_PUNCHLIST', 'REJECTED', 'SKIPPED', 'CANCELLED',
      'REASSIGNED', 'SLA_BREACHED', 'COMMENTED', 'RESUMED')
  )
);

-- Natural keys. A missing vendor or parallel group is a value of its own, hence COALESCE: the equivalent
-- NULLS NOT DISTINCT needs PostgreSQL 15. Keys of parts carry workspace_id so that they also support the
-- composite foreign key to the whole.
CREATE UNIQUE INDEX ux_config_versions_version_number
  ON config_versions (workspace_id, source_type, version_number);
CREATE UNIQUE INDEX ux_config_versions_one_active_per_workspace
  ON config_versions (workspace_id, source_type) WHERE status = 'ACTIVE';
CREATE UNIQUE INDEX ux_atp_scope_master_scope_code
  ON atp_scope_master (workspace_id, config_version_id, scope_code);
CREATE UNIQUE INDEX ux_vendor_master_vendor_code
  ON vendor_master (workspace_id, config_version_id, vendor_code);
CREATE UNIQUE INDEX ux_approval_role_master_role_code
  ON approval_role_master (workspace_id, config_version_id, role_code);
CREATE UNIQUE INDEX ux_approval_policy_master_match
  ON approval_policy_master (workspace_id, config_version_id, scope_id, (COALESCE(vendor_id, '')), atp_category);
CREATE UNIQUE INDEX ux_approval_policy_stages_role
  ON approval_policy_stages (policy_id, stage_number, role_id);
CREATE UNIQUE INDEX ux_cluster_master_cluster_code
  ON cluster_master (workspace_id, config_version_id, scope_id, cluster_code);
CREATE UNIQUE INDEX ux_cluster_approver_master_rank
  ON cluster_approver_master (workspace_id, config_version_id, cluster_id, role_id, rank);
CREATE UNIQUE INDEX ux_workflow_stages_role
  ON workflow_stages (workflow_id, workspace_id, stage_number, role_id, (COALESCE(parallel_group, 0)));
CREATE UNIQUE INDEX ux_atp_submissions_submission_number
  ON atp_submissions (workspace_id, submission_number);
CREATE UNIQUE INDEX ux_atp_submissions_open
  ON atp_submissions (workspace_id, site_id, scope_code, atp_category)
  WHERE status NOT IN ('COMPLETED', 'CANCELLED');
CREATE UNIQUE INDEX ux_atp_submission_documents_document
  ON atp_submission_documents (submission_id, workspace_id, document_id);
CREATE UNIQUE INDEX ux_punchlist_items_item_code
  ON punchlist_items (punchlist_id, workspace_id, item_code);

-- Performance indexes. One named after a key column supports that foreign key, in its later composite form too;
-- the others each serve one list, lookup or scan.
CREATE INDEX idx_config_versions_workspace_id ON config_versions (workspace_id, status, created_at DESC);
CREATE INDEX idx_config_versions_imported_by_id ON config_versions (imported_by_id);
CREATE INDEX idx_config_versions_activated_by_id ON config_versions (activated_by_id);
CREATE INDEX idx_config_versions_previous_version_id ON config_versions (previous_version_id, workspace_id);
CREATE INDEX idx_config_versions_superseded_by_id ON config_versions (superseded_by_id, workspace_id);
CREATE INDEX idx_config_versions_source_checksum ON config_versions (workspace_id, source_checksum);

CREATE INDEX idx_atp_scope_master_config_version_id ON atp_scope_master (config_version_id, workspace_id);
CREATE INDEX idx_atp_scope_master_scope_code ON atp_scope_master (workspace_id, scope_code);
CREATE INDEX idx_atp_scope_master_scope_group
  ON atp_scope_master (workspace_id, config_version_id, scope_group);

CREATE INDEX idx_vendor_master_config_version_id ON vendor_master (config_version_id, workspace_id);
CREATE INDEX idx_vendor_master_vendor_code ON vendor_master (workspace_id, vendor_code);
CREATE INDEX idx_vendor_master_vendor_type ON vendor_master (workspace_id, config_version_id, vendor_type);

CREATE INDEX idx_approval_role_master_config_version_id
  ON approval_role_master (config_version_id, workspace_id);
CREATE INDEX idx_approval_role_master_role_code ON approval_role_master (workspace_id, role_code);
CREATE INDEX idx_approval_role_master_hierarchy
  ON approval_role_master (workspace_id, config_version_id, hierarchy_order);
CREATE INDEX idx_approval_role_master_stage_group
  ON approval_role_master (workspace_id, config_version_id, stage_group);

CREATE INDEX idx_approval_policy_master_config_version_id
  ON approval_policy_master (config_version_id, workspace_id);
CREATE INDEX idx_approval_policy_master_scope_id
  ON approval_policy_master (scope_id, workspace_id, config_version_id);
CREATE INDEX idx_approval_policy_master_vendor_id
  ON approval_policy_master (vendor_id, workspace_id, config_version_id);
CREATE INDEX idx_approval_policy_master_parent_policy_id
  ON approval_policy_master (parent_policy_id, workspace_id, config_version_id);
CREATE INDEX idx_approval_policy_master_lookup
  ON approval_policy_master (config_version_id, scope_id, atp_category, fallback_priority) WHERE is_active;
CREATE INDEX idx_approval_policy_master_policy_code ON approval_policy_master (workspace_id, policy_code);

CREATE INDEX idx_approval_policy_stages_policy_id
  ON approval_policy_stages (policy_id, workspace_id, config_version_id, sequence_order);
CREATE INDEX idx_approval_policy_stages_role_id
  ON approval_policy_stages (role_id, workspace_id, config_version_id);
CREATE INDEX idx_approval_policy_stages_static_user_id ON approval_policy_stages (static_user_id);
CREATE INDEX idx_approval_policy_stages_config_version_id
  ON approval_policy_stages (config_version_id, workspace_id);
CREATE INDEX idx_approval_policy_stages_assignment_mode
  ON approval_policy_stages (workspace_id, config_version_id, assignment_mode);

CREATE INDEX idx_cluster_master_config_version_id ON cluster_master (config_version_id, workspace_id);
CREATE INDEX idx_cluster_master_scope_id ON cluster_master (scope_id, workspace_id, config_version_id);
CREATE INDEX idx_cluster_master_cluster_code ON cluster_master (workspace_id, cluster_code);
CREATE INDEX idx_cluster_master_region
  ON cluster_master (workspace_id, config_version_id, region, province, city);
CREATE INDEX idx_cluster_master_m_sequence ON cluster_master (workspace_id, config_version_id, m_sequence);

CREATE INDEX idx_cluster_approver_master_cluster_id
  ON cluster_approver_master (cluster_id, workspace_id, config_version_id);
CREATE INDEX idx_cluster_approver_master_role_id
  ON cluster_approver_master (role_id, workspace_id, config_version_id);
CREATE INDEX idx_cluster_approver_master_user_id ON cluster_approver_master (user_id);
CREATE INDEX idx_cluster_approver_master_config_version_id
  ON cluster_approver_master (config_version_id, workspace_id);
CREATE INDEX idx_cluster_approver_master_roster ON cluster_approver_master (cluster_id, role_id, rank);
CREATE INDEX idx_cluster_approver_master_seat_holders
  ON cluster_approver_master (workspace_id, role_id, user_id);
CREATE INDEX idx_cluster_approver_master_ending
  ON cluster_approver_master (workspace_id, effective_to) WHERE effective_to IS NOT NULL;

CREATE INDEX idx_workflow_instances_config_version_id ON workflow_instances (config_version_id, workspace_id);
CREATE INDEX idx_workflow_instances_policy_id
  ON workflow_instances (policy_id, workspace_id, config_version_id);
CREATE INDEX idx_workflow_instances_site_id ON workflow_instances (site_id, workspace_id, created_at DESC);
CREATE INDEX idx_workflow_instances_scope_id ON workflow_instances (scope_id, workspace_id, config_version_id);
CREATE INDEX idx_workflow_instances_vendor_id
  ON workflow_instances (vendor_id, workspace_id, config_version_id);
CREATE INDEX idx_workflow_instances_status ON workflow_instances (workspace_id, status, created_at DESC, id DESC);
CREATE INDEX idx_workflow_instances_created_at ON workflow_instances (workspace_id, created_at DESC, id DESC);
CREATE INDEX idx_workflow_instances_completed_at
  ON workflow_instances (workspace_id, completed_at DESC) WHERE completed_at IS NOT NULL;
CREATE INDEX idx_workflow_instances_running_by_version
  ON workflow_instances (config_version_id) WHERE status IN ('IN_PROGRESS', 'ON_HOLD');
CREATE INDEX idx_workflow_instances_running_by_site
  ON workflow_instances (workspace_id, site_id, scope_id) WHERE status IN ('IN_PROGRESS', 'ON_HOLD');

CREATE INDEX idx_workflow_stages_role_id ON workflow_stages (role_id, workspace_id);
CREATE INDEX idx_workflow_stages_approver_id ON workflow_stages (approver_id);
CREATE INDEX idx_workflow_stages_pending_by_approver
  ON workflow_stages (workspace_id, approver_id, sla_due_at, id) WHERE status = 'PENDING';
CREATE INDEX idx_workflow_stages_sla_scan
  ON workflow_stages (sla_due_at) WHERE status = 'PENDING' AND sla_breached_at IS NULL;
CREATE INDEX idx_workflow_stages_sla_scan_by_workspace
  ON workflow_stages (workspace_id, sla_due_at) WHERE status = 'PENDING' AND sla_breached_at IS NULL;
CREATE INDEX idx_workflow_stages_breached
  ON workflow_stages (workspace_id, sla_breached_at DESC) WHERE sla_breached_at IS NOT NULL;
CREATE INDEX idx_workflow_stages_undecided
  ON workflow_stages (workflow_id, sequence_order) WHERE status IN ('WAITING', 'PENDING');
CREATE INDEX idx_workflow_stages_decided_at
  ON workflow_stages (workspace_id, decided_at DESC) WHERE decided_at IS NOT NULL;
CREATE INDEX idx_workflow_stages_unassigned
  ON workflow_stages (workspace_id, created_at) WHERE approver_id IS NULL AND status IN ('WAITING', 'PENDING');

CREATE INDEX idx_approver_overrides_workspace_id
  ON approver_overrides (workspace_id, override_type, approval_status);
CREATE INDEX idx_approver_overrides_workflow_stage_id ON approver_overrides (workflow_stage_id, workspace_id);
CREATE INDEX idx_approver_overrides_submission_id ON approver_overrides (submission_id, workspace_id);
CREATE INDEX idx_approver_overrides_from_user_id ON approver_overrides (from_user_id);
CREATE INDEX idx_approver_overrides_to_user_id ON approver_overrides (to_user_id);
CREATE INDEX idx_approver_overrides_requested_by_id ON approver_overrides (requested_by_id);
CREATE INDEX idx_approver_overrides_approved_by_id ON approver_overrides (approved_by_id);
CREATE INDEX idx_approver_overrides_cluster_code
  ON approver_overrides (workspace_id, cluster_code) WHERE override_type = 'CLUSTER';
CREATE INDEX idx_approver_overrides_region
  ON approver_overrides (workspace_id, region) WHERE override_type = 'REGION';
CREATE INDEX idx_approver_overrides_in_force
  ON approver_overrides (workspace_id, effective_from, effective_to) WHERE approval_status = 'APPROVED';
CREATE INDEX idx_approver_overrides_awaiting_approval
  ON approver_overrides (workspace_id, created_at) WHERE approval_status = 'PENDING';

CREATE INDEX idx_atp_submissions_site_id ON atp_submissions (site_id, workspace_id, created_at DESC);
CREATE INDEX idx_atp_submissions_scope_id ON atp_submissions (scope_id, workspace_id, scope_code);
CREATE INDEX idx_atp_submissions_vendor_id ON atp_submissions (vendor_id, workspace_id);
CREATE INDEX idx_atp_submissions_workflow_id ON atp_submissions (workflow_id, workspace_id);
CREATE INDEX idx_atp_submissions_submitted_by_id ON atp_submissions (submitted_by_id);
CREATE INDEX idx_atp_submissions_status ON atp_submissions (workspace_id, status, created_at DESC, id DESC);
CREATE INDEX idx_atp_submissions_created_at ON atp_submissions (workspace_id, created_at DESC, id DESC);
CREATE INDEX idx_atp_submissions_qa_queue
  ON atp_submissions (workspace_id, submitted_at) WHERE status = 'QA_REVIEW';

CREATE INDEX idx_atp_submission_documents_document_id ON atp_submission_documents (document_id, workspace_id);
CREATE INDEX idx_atp_submission_documents_document_type
  ON atp_submission_documents (submission_id, document_type);

CREATE INDEX idx_punchlists_workflow_id ON punchlists (workflow_id, workspace_id);
CREATE INDEX idx_punchlists_workflow_stage_id ON punchlists (workflow_stage_id, workspace_id);
CREATE INDEX idx_punchlists_status ON punchlists (workspace_id, status, created_at DESC, id DESC);

CREATE INDEX idx_punchlist_items_evidence_document_id ON punchlist_items (evidence_document_id, workspace_id);
CREATE INDEX idx_punchlist_items_raised_by_id ON punchlist_items (raised_by_id);
CREATE INDEX idx_punchlist_items_status ON punchlist_items (workspace_id, status, created_at DESC, id DESC);
CREATE INDEX idx_punchlist_items_open
  ON punchlist_items (punchlist_id, severity) WHERE status <> 'CLOSED';

CREATE INDEX idx_workflow_stage_actions_workflow_stage_id
  ON workflow_stage_actions (workflow_stage_id, workspace_id, created_at);
CREATE INDEX idx_workflow_stage_actions_actor_id ON workflow_stage_actions (actor_id, created_at DESC);
CREATE INDEX idx_workflow_stage_actions_created_at
  ON workflow_stage_actions (workspace_id, created_at DESC, id DESC);

-- What composite foreign keys will reference: made now, while the tables are empty, so that no later deployment
-- has to build them under a lock. And made last: between indexes that seem to cost the same, as they all do in a
-- table without statistics, the planner takes the newest. For the check of such a key, any other one would read all
-- rows of the version for each new row, and so make the first import quadratic.
CREATE UNIQUE INDEX ux_config_versions_id_workspace ON config_versions (id, workspace_id);
CREATE UNIQUE INDEX ux_atp_scope_master_id_version ON atp_scope_master (id, workspace_id, config_version_id);
CREATE UNIQUE INDEX ux_atp_scope_master_id_code ON atp_scope_master (id, workspace_id, scope_code);
CREATE UNIQUE INDEX ux_vendor_master_id_version ON vendor_master (id, workspace_id, config_version_id);
CREATE UNIQUE INDEX ux_vendor_master_id_workspace ON vendor_master (id, workspace_id);
CREATE UNIQUE INDEX ux_approval_role_master_id_version
  ON approval_role_master (id, workspace_id, config_version_id);
CREATE UNIQUE INDEX ux_approval_role_master_id_workspace ON approval_role_master (id, workspace_id);
CREATE UNIQUE INDEX ux_approval_policy_master_id_version
  ON approval_policy_master (id, workspace_id, config_version_id);
CREATE UNIQUE INDEX ux_cluster_master_id_version ON cluster_master (id, workspace_id, config_version_id);
CREATE UNIQUE INDEX ux_workflow_instances_id_workspace ON workflow_instances (id, workspace_id);
CREATE UNIQUE INDEX ux_workflow_stages_id_workspace ON workflow_stages (id, workspace_id);
CREATE UNIQUE INDEX ux_atp_submissions_id_workspace ON atp_submissions (id, workspace_id);
CREATE UNIQUE INDEX ux_punchlists_id_workspace ON punchlists (id, workspace_id);
