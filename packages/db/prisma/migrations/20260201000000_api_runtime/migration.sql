-- Why: what the API needs to run (docs/adr/0006-system-role-and-change-notifications.md): a role for the system's own
-- work across workspaces, the settings of a workspace, messages to every API process when an inbox or somebody's access
-- changes, and the indexes of its lists.
-- Undo: revoke the SELECT on _prisma_migrations from apms_api; drop the ten triggers trg_*_inbox_* and trg_*_access_*,
-- then announce_inbox(), announce_access() and announce_change(jsonb, text[]); drop workspace_settings, whose rows are lost; drop the policies system_work and revoke
-- the grants (DROP OWNED BY apms_jobs in this database does both; drop the role only when no other database uses it);
-- drop the indexes made here, and make those dropped here as the first two migrations do. The two keys made anew are
-- as they were.

-- 1. The role of the system's own work. Roles belong to the whole cluster: another database of it may have made this
--    one already, or be making it now. It sees every workspace by policies that say so, not by passing them by.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'apms_jobs') THEN
    BEGIN
      CREATE ROLE apms_jobs NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END IF;

  IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'apms_jobs' AND (rolsuper OR rolbypassrls)) THEN
    RAISE EXCEPTION 'role apms_jobs bypasses row-level security'
      USING HINT = 'Run ALTER ROLE apms_jobs NOSUPERUSER NOBYPASSRLS and deploy again.';
  END IF;

  -- From PostgreSQL 16 on, having created a role no longer means being able to act as it.
  IF NOT pg_catalog.pg_has_role(
    current_user,
    'apms_jobs',
    CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END
  ) THEN
    BEGIN
      GRANT apms_jobs TO CURRENT_USER;
    EXCEPTION
      WHEN unique_violation THEN NULL;
    END;
  END IF;
END
$$;

-- 2. What an administrator of a workspace may set. Without a row the defaults hold.
CREATE TABLE workspace_settings (
  workspace_id          UUID           NOT NULL,
  stage_sla_hours       INTEGER        NOT NULL DEFAULT 48,
  final_stage_sla_hours INTEGER        NOT NULL DEFAULT 24,
  scope_categories      JSONB          NOT NULL DEFAULT '{}',
  alert_emails          TEXT[]         NOT NULL DEFAULT '{}',
  alert_webhook_url     TEXT,
  updated_by_id         TEXT,
  updated_at            TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT workspace_settings_pkey PRIMARY KEY (workspace_id),
  CONSTRAINT ck_workspace_settings_sla_hours CHECK (stage_sla_hours > 0 AND final_stage_sla_hours > 0),
  CONSTRAINT ck_workspace_settings_scope_categories CHECK (
    CASE jsonb_typeof(scope_categories)
      WHEN 'object' THEN NOT jsonb_path_exists(
        scope_categories,
        'strict $.* ? (@.type() != "string" || (@ != "HARDWARE" && @ != "SOFTWARE" && @ != "BOTH"))'
      )
      ELSE FALSE
    END
  ),
  CONSTRAINT ck_workspace_settings_alert_emails
    CHECK (array_position(alert_emails, NULL) IS NULL AND array_position(alert_emails, '') IS NULL),
  CONSTRAINT ck_workspace_settings_alert_webhook_url CHECK (alert_webhook_url ~ '^https?://[^[:space:]]+$'),
  CONSTRAINT fk_workspace_settings_workspace
    FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON DELETE RESTRICT,
  CONSTRAINT fk_workspace_settings_updated_by FOREIGN KEY (updated_by_id) REFERENCES users (id) ON DELETE RESTRICT
);
CREATE INDEX workspace_settings_updated_by_id_idx ON workspace_settings (updated_by_id);

ALTER TABLE workspace_settings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_isolation ON workspace_settings TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE ON workspace_settings TO apms_api;

-- Readiness compares the migrations of the process with those of its database. Prisma replays this file for its
-- shadow database before there is such a table.
DO $$
BEGIN
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    GRANT SELECT (migration_name, finished_at, rolled_back_at) ON public._prisma_migrations TO apms_api;
  END IF;
END
$$;

-- 3. What the system may do across workspaces.
GRANT USAGE ON SCHEMA public TO apms_jobs;

-- The orphan audit reads both ends of every key; of what people log in with, only the ends and the times of clean-up.
GRANT SELECT ON
  workspaces, users, workspace_memberships, sites, documents, idempotency_keys, audit_events, workspace_settings,
  data_integrity_audit_log, quarantined_rows, config_versions, atp_scope_master, vendor_master, approval_role_master,
  approval_policy_master, approval_policy_stages, cluster_master, cluster_approver_master, workflow_instances,
  workflow_stages, approver_overrides, atp_submissions, atp_submission_documents, punchlists, punchlist_items,
  workflow_stage_actions
TO apms_jobs;
GRANT SELECT (id, user_id, expires_at) ON sessions TO apms_jobs;
GRANT SELECT (id, user_id) ON accounts TO apms_jobs;
GRANT SELECT (id, reference_id) ON api_keys TO apms_jobs;
GRANT SELECT (id, expires_at) ON verifications TO apms_jobs;

-- A breach is marked on its stage and logged there; what the system does leaves an event.
GRANT UPDATE (sla_breached_at, updated_at) ON workflow_stages TO apms_jobs;
GRANT INSERT ON workflow_stage_actions, audit_events TO apms_jobs;

-- An audit is recorded, and a row that it found is kept aside until somebody restores it.
GRANT INSERT ON data_integrity_audit_log TO apms_jobs;
GRANT INSERT, UPDATE ON quarantined_rows TO apms_jobs;

-- What has expired is deleted.
GRANT DELETE ON sessions, verifications, idempotency_keys TO apms_jobs;

-- Remediation moves an orphan aside, or links it anew: only columns that refer to something can be changed. History
-- stays as it was written, and a workflow keeps its version, so neither is granted.
GRANT DELETE ON
  workspace_memberships, sites, documents, workspace_settings, config_versions, atp_scope_master, vendor_master,
  approval_role_master, approval_policy_master, approval_policy_stages, cluster_master, cluster_approver_master,
  workflow_instances, workflow_stages, approver_overrides, atp_submissions, atp_submission_documents, punchlists,
  punchlist_items
TO apms_jobs;
GRANT UPDATE (workspace_id, user_id, updated_at) ON workspace_memberships TO apms_jobs;
GRANT UPDATE (workspace_id, updated_at) ON sites TO apms_jobs;
GRANT UPDATE (workspace_id, uploaded_by_id) ON documents TO apms_jobs;
GRANT UPDATE (workspace_id, user_id) ON idempotency_keys TO apms_jobs;
GRANT UPDATE (workspace_id, updated_by_id, updated_at) ON workspace_settings TO apms_jobs;
GRANT UPDATE (workspace_id, previous_version_id, superseded_by_id, imported_by_id, activated_by_id, updated_at)
  ON config_versions TO apms_jobs;
GRANT UPDATE (workspace_id, config_version_id) ON atp_scope_master, vendor_master, approval_role_master TO apms_jobs;
GRANT UPDATE (workspace_id, config_version_id, scope_id, vendor_id, parent_policy_id)
  ON approval_policy_master TO apms_jobs;
GRANT UPDATE (workspace_id, config_version_id, policy_id, role_id, static_user_id)
  ON approval_policy_stages TO apms_jobs;
GRANT UPDATE (workspace_id, config_version_id, scope_id) ON cluster_master TO apms_jobs;
GRANT UPDATE (workspace_id, config_version_id, cluster_id, role_id, user_id) ON cluster_approver_master TO apms_jobs;
GRANT UPDATE (site_id, scope_id, vendor_id, updated_at) ON workflow_instances TO apms_jobs;
GRANT UPDATE (workspace_id, workflow_id, role_id, approver_id) ON workflow_stages TO apms_jobs;
GRANT UPDATE (
  workspace_id, workflow_stage_id, submission_id, from_user_id, to_user_id, requested_by_id, approved_by_id, updated_at
) ON approver_overrides TO apms_jobs;
GRANT UPDATE (workspace_id, site_id, scope_id, scope_code, vendor_id, workflow_id, submitted_by_id, updated_at)
  ON atp_submissions TO apms_jobs;
GRANT UPDATE (workspace_id, submission_id, document_id) ON atp_submission_documents TO apms_jobs;
GRANT UPDATE (workspace_id, workflow_id, workflow_stage_id, updated_at) ON punchlists TO apms_jobs;
GRANT UPDATE (workspace_id, punchlist_id, evidence_document_id, raised_by_id, updated_at)
  ON punchlist_items TO apms_jobs;

CREATE POLICY system_work ON config_versions TO apms_jobs USING (true);
CREATE POLICY system_work ON atp_scope_master TO apms_jobs USING (true);
CREATE POLICY system_work ON vendor_master TO apms_jobs USING (true);
CREATE POLICY system_work ON approval_role_master TO apms_jobs USING (true);
CREATE POLICY system_work ON approval_policy_master TO apms_jobs USING (true);
CREATE POLICY system_work ON approval_policy_stages TO apms_jobs USING (true);
CREATE POLICY system_work ON cluster_master TO apms_jobs USING (true);
CREATE POLICY system_work ON cluster_approver_master TO apms_jobs USING (true);
CREATE POLICY system_work ON workflow_instances TO apms_jobs USING (true);
CREATE POLICY system_work ON workflow_stages TO apms_jobs USING (true);
CREATE POLICY system_work ON approver_overrides TO apms_jobs USING (true);
CREATE POLICY system_work ON atp_submissions TO apms_jobs USING (true);
CREATE POLICY system_work ON atp_submission_documents TO apms_jobs USING (true);
CREATE POLICY system_work ON punchlists TO apms_jobs USING (true);
CREATE POLICY system_work ON punchlist_items TO apms_jobs USING (true);
CREATE POLICY system_work ON workflow_stage_actions TO apms_jobs USING (true);
CREATE POLICY system_work ON workspaces TO apms_jobs USING (true);
CREATE POLICY system_work ON workspace_memberships TO apms_jobs USING (true);
CREATE POLICY system_work ON workspace_settings TO apms_jobs USING (true);
CREATE POLICY system_work ON sites TO apms_jobs USING (true);
CREATE POLICY system_work ON documents TO apms_jobs USING (true);
CREATE POLICY system_work ON idempotency_keys TO apms_jobs USING (true);
CREATE POLICY system_work ON audit_events TO apms_jobs USING (true);

-- 4. Messages on the channel apms_changes, as JSON: {"kind": "inbox", "workspaceId", "userIds"} when what awaits these
--    people in a workspace has changed, {"kind": "access", "userIds"} when what they may do has. PostgreSQL sends them
--    with the commit. "userIds" is null for everybody: where there are many, receivers look for themselves, and a
--    message must stay below 8000 bytes.
CREATE FUNCTION announce_change(message jsonb, user_ids text[]) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  named CONSTANT text := (message || jsonb_build_object('userIds', user_ids))::text;
BEGIN
  PERFORM pg_notify(
    'apms_changes',
    CASE
      WHEN cardinality(user_ids) <= 100 AND octet_length(named) < 8000 THEN named
      ELSE (message || '{"userIds": null}')::text
    END
  );
END
$$;
GRANT EXECUTE ON FUNCTION announce_change(jsonb, text[]) TO apms_api, apms_jobs;

-- A stage is in its approver's inbox while it is PENDING. Told are those who have, or had, a row there that is not the
-- same as before: one that is found once among the old rows and the new. Once a statement, with one message a workspace.
CREATE FUNCTION announce_inbox() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM public.announce_change(
      jsonb_build_object('kind', 'inbox', 'workspaceId', workspace_id), array_agg(DISTINCT approver_id)
    )
    FROM new_rows WHERE status = 'PENDING' AND approver_id IS NOT NULL
    GROUP BY workspace_id;
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM public.announce_change(
      jsonb_build_object('kind', 'inbox', 'workspaceId', workspace_id), array_agg(DISTINCT approver_id)
    )
    FROM old_rows WHERE status = 'PENDING' AND approver_id IS NOT NULL
    GROUP BY workspace_id;
  ELSE
    PERFORM public.announce_change(
      jsonb_build_object('kind', 'inbox', 'workspaceId', workspace_id), array_agg(DISTINCT approver_id)
    )
    FROM (
      SELECT workspace_id, approver_id
      FROM (SELECT * FROM old_rows UNION ALL SELECT * FROM new_rows) AS touched
      WHERE status = 'PENDING' AND approver_id IS NOT NULL
      GROUP BY id, workspace_id, approver_id, sla_due_at, sla_breached_at
      HAVING count(*) = 1
    ) AS changed
    GROUP BY workspace_id;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER trg_workflow_stages_inbox_insert AFTER INSERT ON workflow_stages
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_inbox();
CREATE TRIGGER trg_workflow_stages_inbox_update AFTER UPDATE ON workflow_stages
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_inbox();
CREATE TRIGGER trg_workflow_stages_inbox_delete AFTER DELETE ON workflow_stages
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_inbox();

-- Rows are compared by what decides about access alone: a key that counts its requests is no change of access. A
-- session that has expired gave none, so its clean-up is no news.
CREATE FUNCTION announce_access() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  user_ids text[];
BEGIN
  CASE TG_TABLE_NAME || ' ' || TG_OP
    WHEN 'users UPDATE' THEN
      user_ids := ARRAY(
        SELECT id FROM (SELECT id, status FROM old_rows EXCEPT SELECT id, status FROM new_rows) AS changed
      );
    WHEN 'workspace_memberships INSERT' THEN
      user_ids := ARRAY(SELECT DISTINCT user_id FROM new_rows);
    WHEN 'workspace_memberships UPDATE' THEN
      user_ids := ARRAY(
        SELECT user_id FROM (
          SELECT id, workspace_id, user_id, role FROM old_rows
          EXCEPT SELECT id, workspace_id, user_id, role FROM new_rows
        ) AS former
        UNION
        SELECT user_id FROM (
          SELECT id, workspace_id, user_id, role FROM new_rows
          EXCEPT SELECT id, workspace_id, user_id, role FROM old_rows
        ) AS present
      );
    WHEN 'workspace_memberships DELETE' THEN
      user_ids := ARRAY(SELECT DISTINCT user_id FROM old_rows);
    WHEN 'sessions DELETE' THEN
      user_ids := ARRAY(SELECT DISTINCT user_id FROM old_rows WHERE expires_at > CURRENT_TIMESTAMP);
    WHEN 'api_keys UPDATE' THEN
      user_ids := ARRAY(
        SELECT DISTINCT reference_id FROM (
          SELECT id, reference_id, enabled, expires_at, permissions, metadata FROM old_rows
          EXCEPT SELECT id, reference_id, enabled, expires_at, permissions, metadata FROM new_rows
        ) AS changed
      );
    WHEN 'api_keys DELETE' THEN
      user_ids := ARRAY(SELECT DISTINCT reference_id FROM old_rows);
  END CASE;
  IF cardinality(user_ids) > 0 THEN
    PERFORM public.announce_change('{"kind": "access"}', user_ids);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER trg_users_access_update AFTER UPDATE ON users
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_access();
CREATE TRIGGER trg_workspace_memberships_access_insert AFTER INSERT ON workspace_memberships
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_access();
CREATE TRIGGER trg_workspace_memberships_access_update AFTER UPDATE ON workspace_memberships
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_access();
CREATE TRIGGER trg_workspace_memberships_access_delete AFTER DELETE ON workspace_memberships
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_access();
CREATE TRIGGER trg_sessions_access_delete AFTER DELETE ON sessions
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_access();
CREATE TRIGGER trg_api_keys_access_update AFTER UPDATE ON api_keys
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_access();
CREATE TRIGGER trg_api_keys_access_delete AFTER DELETE ON api_keys
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_access();

-- 5. Indexes of the API's lists: a page goes on where the last one ended, so each ends in what makes its order total.
--    Where one only lacked that end, the new one takes its place. Nothing writes these tables before the API, which
--    comes with this, so building them blocks nobody.
-- deploy:allow index-not-concurrent nothing writes audit_events before the API, which comes with this
CREATE INDEX audit_events_workspace_id_created_at_id_idx ON audit_events (workspace_id, created_at DESC, id DESC);
DROP INDEX audit_events_workspace_id_created_at_idx;
-- deploy:allow index-not-concurrent nothing writes data_integrity_audit_log before the API, which comes with this
CREATE INDEX data_integrity_audit_log_started_at_id_idx ON data_integrity_audit_log (started_at DESC, id DESC);
DROP INDEX data_integrity_audit_log_started_at_idx;
-- deploy:allow index-not-concurrent nothing writes users before the API, which comes with this
CREATE INDEX users_display_name_id_idx ON users (display_name, id);
-- deploy:allow index-not-concurrent nothing writes approver_overrides before the API, which comes with this
CREATE INDEX idx_approver_overrides_created_at ON approver_overrides (workspace_id, created_at DESC, id DESC);
-- deploy:allow index-not-concurrent nothing writes punchlists before the API, which comes with this
CREATE INDEX idx_punchlists_created_at ON punchlists (workspace_id, created_at DESC, id DESC);

-- These two keep their names, because they go on to support the key to the version too.
DROP INDEX idx_cluster_master_config_version_id;
-- deploy:allow index-not-concurrent nothing writes cluster_master before the API, which comes with this
CREATE INDEX idx_cluster_master_config_version_id
  ON cluster_master (config_version_id, workspace_id, cluster_code, id);
DROP INDEX idx_cluster_approver_master_config_version_id;
-- deploy:allow index-not-concurrent nothing writes cluster_approver_master before the API, which comes with this
CREATE INDEX idx_cluster_approver_master_config_version_id
  ON cluster_approver_master (config_version_id, workspace_id, id);

-- Between indexes that seem to cost the same the planner takes the newest, and for the check of a composite key that
-- must be the one that finds the row at once. Where a new index begins with columns of such a key, the key and the
-- unique index that it references are made anew, after it.
ALTER TABLE punchlist_items DROP CONSTRAINT fk_punchlist_items_punchlist;
DROP INDEX ux_punchlists_id_workspace;
-- deploy:allow index-not-concurrent nothing writes punchlists before the API, which comes with this
CREATE UNIQUE INDEX ux_punchlists_id_workspace ON punchlists (id, workspace_id);
ALTER TABLE punchlist_items ADD CONSTRAINT fk_punchlist_items_punchlist
  FOREIGN KEY (punchlist_id, workspace_id) REFERENCES punchlists (id, workspace_id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE cluster_approver_master DROP CONSTRAINT fk_cluster_approver_master_cluster;
DROP INDEX ux_cluster_master_id_version;
-- deploy:allow index-not-concurrent nothing writes cluster_master before the API, which comes with this
CREATE UNIQUE INDEX ux_cluster_master_id_version ON cluster_master (id, workspace_id, config_version_id);
ALTER TABLE cluster_approver_master ADD CONSTRAINT fk_cluster_approver_master_cluster
  FOREIGN KEY (cluster_id, workspace_id, config_version_id) REFERENCES cluster_master (id, workspace_id, config_version_id)
  ON DELETE CASCADE NOT VALID;
-- deploy:allow validate-in-same-transaction nothing writes punchlist_items before the API, which comes with this
ALTER TABLE punchlist_items VALIDATE CONSTRAINT fk_punchlist_items_punchlist;
-- deploy:allow validate-in-same-transaction nothing writes cluster_approver_master before the API, which comes with this
ALTER TABLE cluster_approver_master VALIDATE CONSTRAINT fk_cluster_approver_master_cluster;
