-- Why: the tables that every module stands on: tenants, people and their login, sites, documents, idempotency,
-- the audit trail, and the records of the integrity audit. They are new and empty, so their foreign keys are
-- declared with them.
-- Undo: drop the thirteen tables in reverse order of creation. Nothing else is created here.

CREATE TABLE workspaces (
  id                UUID           NOT NULL,
  code              VARCHAR(80)    NOT NULL,
  name              TEXT           NOT NULL,
  customer_group_id TEXT,
  vendor_owner_id   TEXT,
  is_active         BOOLEAN        NOT NULL DEFAULT TRUE,
  created_at        TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at        TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT workspaces_pkey PRIMARY KEY (id),
  CONSTRAINT ck_workspaces_code CHECK (code <> '')
);
CREATE UNIQUE INDEX ux_workspaces_code ON workspaces (code);

CREATE TABLE users (
  id             TEXT           NOT NULL,
  email          TEXT           NOT NULL,
  email_verified BOOLEAN        NOT NULL DEFAULT FALSE,
  display_name   TEXT           NOT NULL,
  image          TEXT,
  phone          TEXT,
  status         TEXT           NOT NULL DEFAULT 'PENDING',
  created_at     TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at     TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT users_pkey PRIMARY KEY (id),
  CONSTRAINT ck_users_status CHECK (status IN ('ACTIVE', 'INACTIVE', 'SUSPENDED', 'PENDING')),
  CONSTRAINT ck_users_email CHECK (email LIKE '_%@_%')
);
CREATE UNIQUE INDEX ux_users_email_lower ON users (lower(email));
CREATE INDEX users_status_idx ON users (status);

CREATE TABLE sessions (
  id         TEXT           NOT NULL,
  user_id    TEXT           NOT NULL,
  token      TEXT           NOT NULL,
  expires_at TIMESTAMPTZ(3) NOT NULL,
  ip_address TEXT,
  user_agent TEXT,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT sessions_pkey PRIMARY KEY (id),
  CONSTRAINT fk_sessions_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX ux_sessions_token ON sessions (token);
CREATE INDEX sessions_user_id_idx ON sessions (user_id);
CREATE INDEX sessions_expires_at_idx ON sessions (expires_at);

CREATE TABLE accounts (
  id                       TEXT           NOT NULL,
  user_id                  TEXT           NOT NULL,
  account_id               TEXT           NOT NULL,
  provider_id              TEXT           NOT NULL,
  access_token             TEXT,
  refresh_token            TEXT,
  id_token                 TEXT,
  access_token_expires_at  TIMESTAMPTZ(3),
  refresh_token_expires_at TIMESTAMPTZ(3),
  scope                    TEXT,
  password                 TEXT,
  created_at               TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at               TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT accounts_pkey PRIMARY KEY (id),
  CONSTRAINT fk_accounts_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX ux_accounts_provider_account ON accounts (provider_id, account_id);
CREATE INDEX accounts_user_id_idx ON accounts (user_id);

CREATE TABLE verifications (
  id         TEXT           NOT NULL,
  identifier TEXT           NOT NULL,
  value      TEXT           NOT NULL,
  expires_at TIMESTAMPTZ(3) NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT verifications_pkey PRIMARY KEY (id)
);
CREATE INDEX verifications_identifier_idx ON verifications (identifier);

CREATE TABLE api_keys (
  id                     TEXT           NOT NULL,
  config_id              TEXT           NOT NULL DEFAULT 'default',
  reference_id           TEXT           NOT NULL,
  name                   TEXT,
  start                  TEXT,
  prefix                 TEXT,
  key                    TEXT           NOT NULL,
  enabled                BOOLEAN        NOT NULL DEFAULT TRUE,
  refill_interval        INTEGER,
  refill_amount          INTEGER,
  last_refill_at         TIMESTAMPTZ(3),
  rate_limit_enabled     BOOLEAN        NOT NULL DEFAULT TRUE,
  rate_limit_time_window INTEGER,
  rate_limit_max         INTEGER,
  request_count          INTEGER        NOT NULL DEFAULT 0,
  remaining              INTEGER,
  last_request           TIMESTAMPTZ(3),
  expires_at             TIMESTAMPTZ(3),
  permissions            TEXT,
  metadata               TEXT,
  created_at             TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at             TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT api_keys_pkey PRIMARY KEY (id),
  CONSTRAINT fk_api_keys_user FOREIGN KEY (reference_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX ux_api_keys_key ON api_keys (key);
CREATE INDEX api_keys_reference_id_idx ON api_keys (reference_id);
CREATE INDEX api_keys_config_id_idx ON api_keys (config_id);

CREATE TABLE workspace_memberships (
  id           TEXT           NOT NULL,
  workspace_id UUID           NOT NULL,
  user_id      TEXT           NOT NULL,
  role         TEXT           NOT NULL,
  created_at   TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at   TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT workspace_memberships_pkey PRIMARY KEY (id),
  CONSTRAINT ck_workspace_memberships_role CHECK (
    role IN ('ADMIN', 'CONFIG_MANAGER', 'DOC_CONTROL', 'QA_ENGINEER', 'APPROVER', 'VENDOR', 'VIEWER')
  ),
  CONSTRAINT fk_workspace_memberships_workspace
    FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON DELETE RESTRICT,
  CONSTRAINT fk_workspace_memberships_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX ux_workspace_memberships_user_role ON workspace_memberships (workspace_id, user_id, role);
CREATE INDEX workspace_memberships_user_id_idx ON workspace_memberships (user_id);

CREATE TABLE sites (
  id           TEXT             NOT NULL,
  workspace_id UUID             NOT NULL,
  site_code    TEXT             NOT NULL,
  name         TEXT             NOT NULL,
  region       TEXT,
  city         TEXT,
  latitude     DOUBLE PRECISION,
  longitude    DOUBLE PRECISION,
  status       TEXT             NOT NULL DEFAULT 'ACTIVE',
  cluster_code TEXT,
  created_at   TIMESTAMPTZ(3)   NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at   TIMESTAMPTZ(3)   NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT sites_pkey PRIMARY KEY (id),
  CONSTRAINT ck_sites_status CHECK (status IN ('PLANNED', 'ACTIVE', 'INACTIVE', 'DISMANTLED')),
  CONSTRAINT ck_sites_coordinates CHECK (
    (latitude IS NULL) = (longitude IS NULL)
    AND (latitude IS NULL OR latitude BETWEEN -90 AND 90)
    AND (longitude IS NULL OR longitude BETWEEN -180 AND 180)
  ),
  CONSTRAINT fk_sites_workspace FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX ux_sites_site_code ON sites (workspace_id, site_code);
CREATE INDEX sites_workspace_id_cluster_code_idx ON sites (workspace_id, cluster_code);
CREATE INDEX sites_workspace_id_region_city_idx ON sites (workspace_id, region, city);

CREATE TABLE documents (
  id             TEXT           NOT NULL,
  workspace_id   UUID           NOT NULL,
  name           TEXT           NOT NULL,
  media_type     TEXT           NOT NULL,
  size_bytes     BIGINT         NOT NULL,
  sha256         CHAR(64)       NOT NULL,
  storage_key    TEXT           NOT NULL,
  uploaded_by_id TEXT           NOT NULL,
  created_at     TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT documents_pkey PRIMARY KEY (id),
  CONSTRAINT ck_documents_size CHECK (size_bytes >= 0),
  CONSTRAINT ck_documents_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  CONSTRAINT fk_documents_workspace FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON DELETE RESTRICT,
  CONSTRAINT fk_documents_uploaded_by FOREIGN KEY (uploaded_by_id) REFERENCES users (id) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX ux_documents_storage_key ON documents (storage_key);
CREATE INDEX documents_workspace_id_created_at_idx ON documents (workspace_id, created_at DESC);
CREATE INDEX documents_uploaded_by_id_idx ON documents (uploaded_by_id);
CREATE INDEX documents_workspace_id_sha256_idx ON documents (workspace_id, sha256);

CREATE TABLE idempotency_keys (
  id           TEXT           NOT NULL,
  workspace_id UUID           NOT NULL,
  user_id      TEXT           NOT NULL,
  key          TEXT           NOT NULL,
  procedure    TEXT           NOT NULL,
  request_hash CHAR(64)       NOT NULL,
  response     JSONB,
  created_at   TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  completed_at TIMESTAMPTZ(3),
  expires_at   TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (id),
  CONSTRAINT ck_idempotency_keys_response CHECK (response IS NULL OR completed_at IS NOT NULL),
  CONSTRAINT fk_idempotency_keys_workspace
    FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON DELETE RESTRICT,
  CONSTRAINT fk_idempotency_keys_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX ux_idempotency_keys_key ON idempotency_keys (workspace_id, user_id, key);
CREATE INDEX idempotency_keys_user_id_idx ON idempotency_keys (user_id);
CREATE INDEX idempotency_keys_expires_at_idx ON idempotency_keys (expires_at);

CREATE TABLE audit_events (
  id           TEXT           NOT NULL,
  workspace_id UUID,
  actor_id     TEXT,
  action       TEXT           NOT NULL,
  entity_type  TEXT           NOT NULL,
  entity_id    TEXT           NOT NULL,
  request_id   TEXT,
  details      JSONB          NOT NULL DEFAULT '{}',
  created_at   TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT audit_events_pkey PRIMARY KEY (id),
  CONSTRAINT fk_audit_events_workspace FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON DELETE RESTRICT,
  CONSTRAINT fk_audit_events_actor FOREIGN KEY (actor_id) REFERENCES users (id) ON DELETE RESTRICT
);
CREATE INDEX audit_events_workspace_id_created_at_idx ON audit_events (workspace_id, created_at DESC);
CREATE INDEX audit_events_workspace_id_entity_type_entity_id_created_at_idx
  ON audit_events (workspace_id, entity_type, entity_id, created_at DESC);
CREATE INDEX audit_events_actor_id_created_at_idx ON audit_events (actor_id, created_at DESC);

CREATE TABLE data_integrity_audit_log (
  id              TEXT           NOT NULL,
  started_at      TIMESTAMPTZ(3) NOT NULL,
  duration_ms     INTEGER        NOT NULL,
  origin          TEXT           NOT NULL,
  checks_total    INTEGER        NOT NULL,
  checks_failed   INTEGER        NOT NULL,
  orphans_total   BIGINT         NOT NULL,
  results         JSONB          NOT NULL,
  health          TEXT           NOT NULL,
  requested_by_id TEXT,
  CONSTRAINT data_integrity_audit_log_pkey PRIMARY KEY (id),
  CONSTRAINT ck_data_integrity_audit_log_origin CHECK (origin IN ('ON_DEMAND', 'SCHEDULED', 'DEPLOYMENT')),
  CONSTRAINT ck_data_integrity_audit_log_health CHECK (health IN ('HEALTHY', 'WARNING', 'CRITICAL')),
  CONSTRAINT ck_data_integrity_audit_log_totals CHECK (
    duration_ms >= 0 AND orphans_total >= 0 AND checks_failed BETWEEN 0 AND checks_total
  ),
  CONSTRAINT fk_data_integrity_audit_log_requested_by
    FOREIGN KEY (requested_by_id) REFERENCES users (id) ON DELETE RESTRICT
);
CREATE INDEX data_integrity_audit_log_started_at_idx ON data_integrity_audit_log (started_at DESC);
CREATE INDEX data_integrity_audit_log_requested_by_id_idx ON data_integrity_audit_log (requested_by_id);

-- A quarantined row's own workspace may be what is missing, so it is kept as a plain value without a key.
CREATE TABLE quarantined_rows (
  id                TEXT           NOT NULL,
  audit_log_id      TEXT           NOT NULL,
  constraint_name   TEXT           NOT NULL,
  table_name        TEXT           NOT NULL,
  row_id            TEXT           NOT NULL,
  row_data          JSONB          NOT NULL,
  reason            TEXT           NOT NULL,
  quarantined_by_id TEXT           NOT NULL,
  quarantined_at    TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  restored_at       TIMESTAMPTZ(3),
  CONSTRAINT quarantined_rows_pkey PRIMARY KEY (id),
  CONSTRAINT fk_quarantined_rows_audit_log
    FOREIGN KEY (audit_log_id) REFERENCES data_integrity_audit_log (id) ON DELETE RESTRICT,
  CONSTRAINT fk_quarantined_rows_quarantined_by
    FOREIGN KEY (quarantined_by_id) REFERENCES users (id) ON DELETE RESTRICT
);
CREATE INDEX quarantined_rows_audit_log_id_idx ON quarantined_rows (audit_log_id);
CREATE INDEX quarantined_rows_quarantined_by_id_idx ON quarantined_rows (quarantined_by_id);
CREATE INDEX quarantined_rows_table_name_row_id_idx ON quarantined_rows (table_name, row_id);

-- Composite foreign keys will reference these. They come last because the planner prefers the newest of indexes
-- that seem to cost the same, and these are the ones that find the row at once.
CREATE UNIQUE INDEX ux_sites_id_workspace ON sites (id, workspace_id);
CREATE UNIQUE INDEX ux_documents_id_workspace ON documents (id, workspace_id);
