-- Why: the database enforces the isolation of workspaces, the immutability of configuration and the append-only
-- history itself (docs/adr/0002-composite-keys-and-row-level-security.md), so that no defect of a program can
-- break them. Rows that already point into another workspace or version make this migration fail by the name of
-- the key they break; they have to be corrected first.
-- Undo: drop the triggers and then the functions named here; drop the policies, then NO FORCE and DISABLE ROW
-- LEVEL SECURITY on the same tables; revoke the grants (DROP OWNED BY apms_api in this database; drop the role only
-- when no other database uses it); add each key of the first section as 20251229033315_add_master_tables_fks
-- declares it, under a second name, validate it, drop the composite one and rename. No row is changed.

-- 1. Composite foreign keys: a reference carries its workspace, and between configuration rows its version. The
--    simple key is dropped only when the composite one has been proven, so no moment is without a key.
ALTER TABLE config_versions ADD CONSTRAINT fk_config_versions_previous_version_scoped
  FOREIGN KEY (previous_version_id, workspace_id) REFERENCES config_versions (id, workspace_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE config_versions ADD CONSTRAINT fk_config_versions_superseded_by_scoped
  FOREIGN KEY (superseded_by_id, workspace_id) REFERENCES config_versions (id, workspace_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE atp_scope_master ADD CONSTRAINT fk_atp_scope_master_config_version_scoped
  FOREIGN KEY (config_version_id, workspace_id) REFERENCES config_versions (id, workspace_id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE vendor_master ADD CONSTRAINT fk_vendor_master_config_version_scoped
  FOREIGN KEY (config_version_id, workspace_id) REFERENCES config_versions (id, workspace_id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE approval_role_master ADD CONSTRAINT fk_approval_role_master_config_version_scoped
  FOREIGN KEY (config_version_id, workspace_id) REFERENCES config_versions (id, workspace_id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE approval_policy_master ADD CONSTRAINT fk_approval_policy_master_config_version_scoped
  FOREIGN KEY (config_version_id, workspace_id) REFERENCES config_versions (id, workspace_id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE approval_policy_master ADD CONSTRAINT fk_approval_policy_master_scope_scoped
  FOREIGN KEY (scope_id, workspace_id, config_version_id) REFERENCES atp_scope_master (id, workspace_id, config_version_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE approval_policy_master ADD CONSTRAINT fk_approval_policy_master_vendor_scoped
  FOREIGN KEY (vendor_id, workspace_id, config_version_id) REFERENCES vendor_master (id, workspace_id, config_version_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE approval_policy_master ADD CONSTRAINT fk_approval_policy_master_parent_policy_scoped
  FOREIGN KEY (parent_policy_id, workspace_id, config_version_id) REFERENCES approval_policy_master (id, workspace_id, config_version_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE approval_policy_stages ADD CONSTRAINT fk_approval_policy_stages_config_version_scoped
  FOREIGN KEY (config_version_id, workspace_id) REFERENCES config_versions (id, workspace_id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE approval_policy_stages ADD CONSTRAINT fk_approval_policy_stages_policy_scoped
  FOREIGN KEY (policy_id, workspace_id, config_version_id) REFERENCES approval_policy_master (id, workspace_id, config_version_id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE approval_policy_stages ADD CONSTRAINT fk_approval_policy_stages_role_scoped
  FOREIGN KEY (role_id, workspace_id, config_version_id) REFERENCES approval_role_master (id, workspace_id, config_version_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE cluster_master ADD CONSTRAINT fk_cluster_master_config_version_scoped
  FOREIGN KEY (config_version_id, workspace_id) REFERENCES config_versions (id, workspace_id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE cluster_master ADD CONSTRAINT fk_cluster_master_scope_scoped
  FOREIGN KEY (scope_id, workspace_id, config_version_id) REFERENCES atp_scope_master (id, workspace_id, config_version_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE cluster_approver_master ADD CONSTRAINT fk_cluster_approver_master_config_version_scoped
  FOREIGN KEY (config_version_id, workspace_id) REFERENCES config_versions (id, workspace_id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE cluster_approver_master ADD CONSTRAINT fk_cluster_approver_master_cluster_scoped
  FOREIGN KEY (cluster_id, workspace_id, config_version_id) REFERENCES cluster_master (id, workspace_id, config_version_id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE cluster_approver_master ADD CONSTRAINT fk_cluster_approver_master_role_scoped
  FOREIGN KEY (role_id, workspace_id, config_version_id) REFERENCES approval_role_master (id, workspace_id, config_version_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE workflow_instances ADD CONSTRAINT fk_workflow_instances_config_version_scoped
  FOREIGN KEY (config_version_id, workspace_id) REFERENCES config_versions (id, workspace_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE workflow_instances ADD CONSTRAINT fk_workflow_instances_policy_scoped
  FOREIGN KEY (policy_id, workspace_id, config_version_id) REFERENCES approval_policy_master (id, workspace_id, config_version_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE workflow_instances ADD CONSTRAINT fk_workflow_instances_site_scoped
  FOREIGN KEY (site_id, workspace_id) REFERENCES sites (id, workspace_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE workflow_instances ADD CONSTRAINT fk_workflow_instances_scope_scoped
  FOREIGN KEY (scope_id, workspace_id, config_version_id) REFERENCES atp_scope_master (id, workspace_id, config_version_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE workflow_instances ADD CONSTRAINT fk_workflow_instances_vendor_scoped
  FOREIGN KEY (vendor_id, workspace_id, config_version_id) REFERENCES vendor_master (id, workspace_id, config_version_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE workflow_stages ADD CONSTRAINT fk_workflow_stages_workflow_scoped
  FOREIGN KEY (workflow_id, workspace_id) REFERENCES workflow_instances (id, workspace_id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE workflow_stages ADD CONSTRAINT fk_workflow_stages_role_scoped
  FOREIGN KEY (role_id, workspace_id) REFERENCES approval_role_master (id, workspace_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE approver_overrides ADD CONSTRAINT fk_approver_overrides_workflow_stage_scoped
  FOREIGN KEY (workflow_stage_id, workspace_id) REFERENCES workflow_stages (id, workspace_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE approver_overrides ADD CONSTRAINT fk_approver_overrides_submission_scoped
  FOREIGN KEY (submission_id, workspace_id) REFERENCES atp_submissions (id, workspace_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE atp_submissions ADD CONSTRAINT fk_atp_submissions_site_scoped
  FOREIGN KEY (site_id, workspace_id) REFERENCES sites (id, workspace_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE atp_submissions ADD CONSTRAINT fk_atp_submissions_scope_scoped
  FOREIGN KEY (scope_id, workspace_id, scope_code) REFERENCES atp_scope_master (id, workspace_id, scope_code)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE atp_submissions ADD CONSTRAINT fk_atp_submissions_vendor_scoped
  FOREIGN KEY (vendor_id, workspace_id) REFERENCES vendor_master (id, workspace_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE atp_submissions ADD CONSTRAINT fk_atp_submissions_workflow_scoped
  FOREIGN KEY (workflow_id, workspace_id) REFERENCES workflow_instances (id, workspace_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE atp_submission_documents ADD CONSTRAINT fk_atp_submission_documents_submission_scoped
  FOREIGN KEY (submission_id, workspace_id) REFERENCES atp_submissions (id, workspace_id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE atp_submission_documents ADD CONSTRAINT fk_atp_submission_documents_document_scoped
  FOREIGN KEY (document_id, workspace_id) REFERENCES documents (id, workspace_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE punchlists ADD CONSTRAINT fk_punchlists_workflow_scoped
  FOREIGN KEY (workflow_id, workspace_id) REFERENCES workflow_instances (id, workspace_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE punchlists ADD CONSTRAINT fk_punchlists_workflow_stage_scoped
  FOREIGN KEY (workflow_stage_id, workspace_id) REFERENCES workflow_stages (id, workspace_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE punchlist_items ADD CONSTRAINT fk_punchlist_items_punchlist_scoped
  FOREIGN KEY (punchlist_id, workspace_id) REFERENCES punchlists (id, workspace_id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE punchlist_items ADD CONSTRAINT fk_punchlist_items_evidence_document_scoped
  FOREIGN KEY (evidence_document_id, workspace_id) REFERENCES documents (id, workspace_id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE workflow_stage_actions ADD CONSTRAINT fk_workflow_stage_actions_workflow_stage_scoped
  FOREIGN KEY (workflow_stage_id, workspace_id) REFERENCES workflow_stages (id, workspace_id)
  ON DELETE CASCADE NOT VALID;

ALTER TABLE config_versions VALIDATE CONSTRAINT fk_config_versions_previous_version_scoped;
ALTER TABLE config_versions VALIDATE CONSTRAINT fk_config_versions_superseded_by_scoped;
ALTER TABLE atp_scope_master VALIDATE CONSTRAINT fk_atp_scope_master_config_version_scoped;
ALTER TABLE vendor_master VALIDATE CONSTRAINT fk_vendor_master_config_version_scoped;
ALTER TABLE approval_role_master VALIDATE CONSTRAINT fk_approval_role_master_config_version_scoped;
ALTER TABLE approval_policy_master VALIDATE CONSTRAINT fk_approval_policy_master_config_version_scoped;
ALTER TABLE approval_policy_master VALIDATE CONSTRAINT fk_approval_policy_master_scope_scoped;
ALTER TABLE approval_policy_master VALIDATE CONSTRAINT fk_approval_policy_master_vendor_scoped;
ALTER TABLE approval_policy_master VALIDATE CONSTRAINT fk_approval_policy_master_parent_policy_scoped;
ALTER TABLE approval_policy_stages VALIDATE CONSTRAINT fk_approval_policy_stages_config_version_scoped;
ALTER TABLE approval_policy_stages VALIDATE CONSTRAINT fk_approval_policy_stages_policy_scoped;
ALTER TABLE approval_policy_stages VALIDATE CONSTRAINT fk_approval_policy_stages_role_scoped;
ALTER TABLE cluster_master VALIDATE CONSTRAINT fk_cluster_master_config_version_scoped;
ALTER TABLE cluster_master VALIDATE CONSTRAINT fk_cluster_master_scope_scoped;
ALTER TABLE cluster_approver_master VALIDATE CONSTRAINT fk_cluster_approver_master_config_version_scoped;
ALTER TABLE cluster_approver_master VALIDATE CONSTRAINT fk_cluster_approver_master_cluster_scoped;
ALTER TABLE cluster_approver_master VALIDATE CONSTRAINT fk_cluster_approver_master_role_scoped;
ALTER TABLE workflow_instances VALIDATE CONSTRAINT fk_workflow_instances_config_version_scoped;
ALTER TABLE workflow_instances VALIDATE CONSTRAINT fk_workflow_instances_policy_scoped;
ALTER TABLE workflow_instances VALIDATE CONSTRAINT fk_workflow_instances_site_scoped;
ALTER TABLE workflow_instances VALIDATE CONSTRAINT fk_workflow_instances_scope_scoped;
ALTER TABLE workflow_instances VALIDATE CONSTRAINT fk_workflow_instances_vendor_scoped;
ALTER TABLE workflow_stages VALIDATE CONSTRAINT fk_workflow_stages_workflow_scoped;
ALTER TABLE workflow_stages VALIDATE CONSTRAINT fk_workflow_stages_role_scoped;
ALTER TABLE approver_overrides VALIDATE CONSTRAINT fk_approver_overrides_workflow_stage_scoped;
ALTER TABLE approver_overrides VALIDATE CONSTRAINT fk_approver_overrides_submission_scoped;
ALTER TABLE atp_submissions VALIDATE CONSTRAINT fk_atp_submissions_site_scoped;
ALTER TABLE atp_submissions VALIDATE CONSTRAINT fk_atp_submissions_scope_scoped;
ALTER TABLE atp_submissions VALIDATE CONSTRAINT fk_atp_submissions_vendor_scoped;
ALTER TABLE atp_submissions VALIDATE CONSTRAINT fk_atp_submissions_workflow_scoped;
ALTER TABLE atp_submission_documents VALIDATE CONSTRAINT fk_atp_submission_documents_submission_scoped;
ALTER TABLE atp_submission_documents VALIDATE CONSTRAINT fk_atp_submission_documents_document_scoped;
ALTER TABLE punchlists VALIDATE CONSTRAINT fk_punchlists_workflow_scoped;
ALTER TABLE punchlists VALIDATE CONSTRAINT fk_punchlists_workflow_stage_scoped;
ALTER TABLE punchlist_items VALIDATE CONSTRAINT fk_punchlist_items_punchlist_scoped;
ALTER TABLE punchlist_items VALIDATE CONSTRAINT fk_punchlist_items_evidence_document_scoped;
ALTER TABLE workflow_stage_actions VALIDATE CONSTRAINT fk_workflow_stage_actions_workflow_stage_scoped;

ALTER TABLE config_versions DROP CONSTRAINT fk_config_versions_previous_version;
ALTER TABLE config_versions RENAME CONSTRAINT fk_config_versions_previous_version_scoped TO fk_config_versions_previous_version;
ALTER TABLE config_versions DROP CONSTRAINT fk_config_versions_superseded_by;
ALTER TABLE config_versions RENAME CONSTRAINT fk_config_versions_superseded_by_scoped TO fk_config_versions_superseded_by;
ALTER TABLE atp_scope_master DROP CONSTRAINT fk_atp_scope_master_config_version;
ALTER TABLE atp_scope_master RENAME CONSTRAINT fk_atp_scope_master_config_version_scoped TO fk_atp_scope_master_config_version;
ALTER TABLE vendor_master DROP CONSTRAINT fk_vendor_master_config_version;
ALTER TABLE vendor_master RENAME CONSTRAINT fk_vendor_master_config_version_scoped TO fk_vendor_master_config_version;
ALTER TABLE approval_role_master DROP CONSTRAINT fk_approval_role_master_config_version;
ALTER TABLE approval_role_master RENAME CONSTRAINT fk_approval_role_master_config_version_scoped TO fk_approval_role_master_config_version;
ALTER TABLE approval_policy_master DROP CONSTRAINT fk_approval_policy_master_config_version;
ALTER TABLE approval_policy_master RENAME CONSTRAINT fk_approval_policy_master_config_version_scoped TO fk_approval_policy_master_config_version;
ALTER TABLE approval_policy_master DROP CONSTRAINT fk_approval_policy_master_scope;
ALTER TABLE approval_policy_master RENAME CONSTRAINT fk_approval_policy_master_scope_scoped TO fk_approval_policy_master_scope;
ALTER TABLE approval_policy_master DROP CONSTRAINT fk_approval_policy_master_vendor;
ALTER TABLE approval_policy_master RENAME CONSTRAINT fk_approval_policy_master_vendor_scoped TO fk_approval_policy_master_vendor;
ALTER TABLE approval_policy_master DROP CONSTRAINT fk_approval_policy_master_parent_policy;
ALTER TABLE approval_policy_master RENAME CONSTRAINT fk_approval_policy_master_parent_policy_scoped TO fk_approval_policy_master_parent_policy;
ALTER TABLE approval_policy_stages DROP CONSTRAINT fk_approval_policy_stages_config_version;
ALTER TABLE approval_policy_stages RENAME CONSTRAINT fk_approval_policy_stages_config_version_scoped TO fk_approval_policy_stages_config_version;
ALTER TABLE approval_policy_stages DROP CONSTRAINT fk_approval_policy_stages_policy;
ALTER TABLE approval_policy_stages RENAME CONSTRAINT fk_approval_policy_stages_policy_scoped TO fk_approval_policy_stages_policy;
ALTER TABLE approval_policy_stages DROP CONSTRAINT fk_approval_policy_stages_role;
ALTER TABLE approval_policy_stages RENAME CONSTRAINT fk_approval_policy_stages_role_scoped TO fk_approval_policy_stages_role;
ALTER TABLE cluster_master DROP CONSTRAINT fk_cluster_master_config_version;
ALTER TABLE cluster_master RENAME CONSTRAINT fk_cluster_master_config_version_scoped TO fk_cluster_master_config_version;
ALTER TABLE cluster_master DROP CONSTRAINT fk_cluster_master_scope;
ALTER TABLE cluster_master RENAME CONSTRAINT fk_cluster_master_scope_scoped TO fk_cluster_master_scope;
ALTER TABLE cluster_approver_master DROP CONSTRAINT fk_cluster_approver_master_config_version;
ALTER TABLE cluster_approver_master RENAME CONSTRAINT fk_cluster_approver_master_config_version_scoped TO fk_cluster_approver_master_config_version;
ALTER TABLE cluster_approver_master DROP CONSTRAINT fk_cluster_approver_master_cluster;
ALTER TABLE cluster_approver_master RENAME CONSTRAINT fk_cluster_approver_master_cluster_scoped TO fk_cluster_approver_master_cluster;
ALTER TABLE cluster_approver_master DROP CONSTRAINT fk_cluster_approver_master_role;
ALTER TABLE cluster_approver_master RENAME CONSTRAINT fk_cluster_approver_master_role_scoped TO fk_cluster_approver_master_role;
ALTER TABLE workflow_instances DROP CONSTRAINT fk_workflow_instances_config_version;
ALTER TABLE workflow_instances RENAME CONSTRAINT fk_workflow_instances_config_version_scoped TO fk_workflow_instances_config_version;
ALTER TABLE workflow_instances DROP CONSTRAINT fk_workflow_instances_policy;
ALTER TABLE workflow_instances RENAME CONSTRAINT fk_workflow_instances_policy_scoped TO fk_workflow_instances_policy;
ALTER TABLE workflow_instances DROP CONSTRAINT fk_workflow_instances_site;
ALTER TABLE workflow_instances RENAME CONSTRAINT fk_workflow_instances_site_scoped TO fk_workflow_instances_site;
ALTER TABLE workflow_instances DROP CONSTRAINT fk_workflow_instances_scope;
ALTER TABLE workflow_instances RENAME CONSTRAINT fk_workflow_instances_scope_scoped TO fk_workflow_instances_scope;
ALTER TABLE workflow_instances DROP CONSTRAINT fk_workflow_instances_vendor;
ALTER TABLE workflow_instances RENAME CONSTRAINT fk_workflow_instances_vendor_scoped TO fk_workflow_instances_vendor;
ALTER TABLE workflow_stages DROP CONSTRAINT fk_workflow_stages_workflow;
ALTER TABLE workflow_stages RENAME CONSTRAINT fk_workflow_stages_workflow_scoped TO fk_workflow_stages_workflow;
ALTER TABLE workflow_stages DROP CONSTRAINT fk_workflow_stages_role;
ALTER TABLE workflow_stages RENAME CONSTRAINT fk_workflow_stages_role_scoped TO fk_workflow_stages_role;
ALTER TABLE approver_overrides DROP CONSTRAINT fk_approver_overrides_workflow_stage;
ALTER TABLE approver_overrides RENAME CONSTRAINT fk_approver_overrides_workflow_stage_scoped TO fk_approver_overrides_workflow_stage;
ALTER TABLE approver_overrides DROP CONSTRAINT fk_approver_overrides_submission;
ALTER TABLE approver_overrides RENAME CONSTRAINT fk_approver_overrides_submission_scoped TO fk_approver_overrides_submission;
ALTER TABLE atp_submissions DROP CONSTRAINT fk_atp_submissions_site;
ALTER TABLE atp_submissions RENAME CONSTRAINT fk_atp_submissions_site_scoped TO fk_atp_submissions_site;
ALTER TABLE atp_submissions DROP CONSTRAINT fk_atp_submissions_scope;
ALTER TABLE atp_submissions RENAME CONSTRAINT fk_atp_submissions_scope_scoped TO fk_atp_submissions_scope;
ALTER TABLE atp_submissions DROP CONSTRAINT fk_atp_submissions_vendor;
ALTER TABLE atp_submissions RENAME CONSTRAINT fk_atp_submissions_vendor_scoped TO fk_atp_submissions_vendor;
ALTER TABLE atp_submissions DROP CONSTRAINT fk_atp_submissions_workflow;
ALTER TABLE atp_submissions RENAME CONSTRAINT fk_atp_submissions_workflow_scoped TO fk_atp_submissions_workflow;
ALTER TABLE atp_submission_documents DROP CONSTRAINT fk_atp_submission_documents_submission;
ALTER TABLE atp_submission_documents RENAME CONSTRAINT fk_atp_submission_documents_submission_scoped TO fk_atp_submission_documents_submission;
ALTER TABLE atp_submission_documents DROP CONSTRAINT fk_atp_submission_documents_document;
ALTER TABLE atp_submission_documents RENAME CONSTRAINT fk_atp_submission_documents_document_scoped TO fk_atp_submission_documents_document;
ALTER TABLE punchlists DROP CONSTRAINT fk_punchlists_workflow;
ALTER TABLE punchlists RENAME CONSTRAINT fk_punchlists_workflow_scoped TO fk_punchlists_workflow;
ALTER TABLE punchlists DROP CONSTRAINT fk_punchlists_workflow_stage;
ALTER TABLE punchlists RENAME CONSTRAINT fk_punchlists_workflow_stage_scoped TO fk_punchlists_workflow_stage;
ALTER TABLE punchlist_items DROP CONSTRAINT fk_punchlist_items_punchlist;
ALTER TABLE punchlist_items RENAME CONSTRAINT fk_punchlist_items_punchlist_scoped TO fk_punchlist_items_punchlist;
ALTER TABLE punchlist_items DROP CONSTRAINT fk_punchlist_items_evidence_document;
ALTER TABLE punchlist_items RENAME CONSTRAINT fk_punchlist_items_evidence_document_scoped TO fk_punchlist_items_evidence_document;
ALTER TABLE workflow_stage_actions DROP CONSTRAINT fk_workflow_stage_actions_workflow_stage;
ALTER TABLE workflow_stage_actions RENAME CONSTRAINT fk_workflow_stage_actions_workflow_stage_scoped TO fk_workflow_stage_actions_workflow_stage;

-- 2. The role that the API acts as. Roles belong to the whole cluster: another database of it may have made this
--    one already, or be making it now. It must never be able to see past the policies.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'apms_api') THEN
    BEGIN
      CREATE ROLE apms_api NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END IF;

  IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'apms_api' AND (rolsuper OR rolbypassrls)) THEN
    RAISE EXCEPTION 'role apms_api bypasses row-level security'
      USING HINT = 'Run ALTER ROLE apms_api NOSUPERUSER NOBYPASSRLS and deploy again.';
  END IF;

  -- From PostgreSQL 16 on, having created a role no longer means being able to act as it.
  IF NOT pg_catalog.pg_has_role(
    current_user,
    'apms_api',
    CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END
  ) THEN
    BEGIN
      GRANT apms_api TO CURRENT_USER;
    EXCEPTION
      WHEN unique_violation THEN NULL;
    END;
  END IF;
END
$$;

GRANT USAGE ON SCHEMA public TO apms_api;
-- What is history is never deleted; what is a record of the past is never updated either.
GRANT SELECT ON data_integrity_audit_log TO apms_api;
GRANT SELECT, INSERT ON audit_events, documents, workflow_stage_actions TO apms_api;
GRANT SELECT, INSERT, UPDATE ON
  workspaces, users, sites, workflow_instances, workflow_stages, approver_overrides, atp_submissions, punchlists,
  punchlist_items
TO apms_api;
GRANT SELECT, INSERT, DELETE ON atp_submission_documents TO apms_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON
  sessions, accounts, verifications, api_keys, workspace_memberships, idempotency_keys, config_versions,
  atp_scope_master, vendor_master, approval_role_master, approval_policy_master, approval_policy_stages,
  cluster_master, cluster_approver_master
TO apms_api;

-- 3. Row-level security, forced so that it binds the owner too. With no workspace set, or an empty one, the
--    setting is NULL and matches no row. The sub-select makes PostgreSQL read it once a statement, not once a row.
ALTER TABLE config_versions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE atp_scope_master ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE vendor_master ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE approval_role_master ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE approval_policy_master ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE approval_policy_stages ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE cluster_master ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE cluster_approver_master ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE workflow_instances ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE workflow_stages ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE approver_overrides ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE atp_submissions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE atp_submission_documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE punchlists ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE punchlist_items ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE workflow_stage_actions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE workspace_memberships ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE sites ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY workspace_isolation ON config_versions TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON atp_scope_master TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON vendor_master TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON approval_role_master TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON approval_policy_master TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON approval_policy_stages TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON cluster_master TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON cluster_approver_master TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON workflow_instances TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON workflow_stages TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON approver_overrides TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON atp_submissions TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON atp_submission_documents TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON punchlists TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON punchlist_items TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON workflow_stage_actions TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON workspaces TO apms_api
  USING (id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON workspace_memberships TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON sites TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON documents TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON idempotency_keys TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY workspace_isolation ON audit_events TO apms_api
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace_id', true), '')::uuid));

-- Outside any workspace a person sees which ones are theirs, to choose one.
CREATE POLICY own_memberships ON workspace_memberships FOR SELECT TO apms_api
  USING (
    (SELECT coalesce(current_setting('app.workspace_id', true), '')) = ''
    AND user_id = (SELECT nullif(current_setting('app.user_id', true), ''))
  );
CREATE POLICY own_workspaces ON workspaces FOR SELECT TO apms_api
  USING (
    (SELECT coalesce(current_setting('app.workspace_id', true), '')) = ''
    AND id IN (
      SELECT membership.workspace_id FROM workspace_memberships AS membership
      WHERE membership.user_id = (SELECT nullif(current_setting('app.user_id', true), ''))
    )
  );
-- Events that belong to no workspace, a failed sign-in for one, are written but not read by the API.
CREATE POLICY system_events ON audit_events FOR INSERT TO apms_api WITH CHECK (workspace_id IS NULL);

-- 4. Configuration is immutable once its version has left DRAFT. Errors of these rules have SQLSTATEs of the class
--    ZP and carry the trigger's name as their constraint.
CREATE FUNCTION guard_config_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  -- What a version gains after it has been activated; everything else is what was imported.
  lifecycle CONSTANT text[] := ARRAY['status', 'superseded_by_id', 'superseded_at', 'archived_at', 'updated_at'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'DRAFT' THEN
      RAISE EXCEPTION 'config version % must start as DRAFT, not %', NEW.id, NEW.status
        USING ERRCODE = 'ZP002', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
  END IF;

  IF TG_OP = 'DELETE' THEN
    IF OLD.status <> 'DRAFT' THEN
      RAISE EXCEPTION 'config version % is % and cannot be deleted', OLD.id, OLD.status
        USING ERRCODE = 'ZP003', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME,
          HINT = 'Only a DRAFT can be discarded.';
    END IF;
    RETURN OLD;
  END IF;

  IF OLD.status <> 'DRAFT' AND to_jsonb(OLD) - lifecycle <> to_jsonb(NEW) - lifecycle THEN
    RAISE EXCEPTION 'config version % is % and cannot be edited', OLD.id, OLD.status
      USING ERRCODE = 'ZP001', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME,
        HINT = 'Import a new version instead.';
  END IF;
  IF NEW.status <> OLD.status
    AND (OLD.status, NEW.status) NOT IN (('DRAFT', 'ACTIVE'), ('ACTIVE', 'SUPERSEDED'), ('SUPERSEDED', 'ARCHIVED'))
  THEN
    RAISE EXCEPTION 'config version % cannot go from % to %', OLD.id, OLD.status, NEW.status
      USING ERRCODE = 'ZP002', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
  END IF;
  IF OLD.status = 'DRAFT' AND NEW.status = 'ACTIVE' AND NOT (
    NEW.validation_status = 'VALID'
    OR (NEW.validation_status = 'WARNINGS' AND NEW.warnings_acknowledged_at IS NOT NULL)
  ) THEN
    RAISE EXCEPTION 'config version % has validation status % and cannot be activated', OLD.id, NEW.validation_status
      USING ERRCODE = 'ZP002', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME,
        HINT = 'It must be VALID, or its WARNINGS acknowledged.';
  END IF;
  IF OLD.status = 'ACTIVE' AND NEW.status = 'SUPERSEDED' AND NEW.superseded_by_id IS NULL THEN
    RAISE EXCEPTION 'config version % cannot be superseded without naming its successor', OLD.id
      USING ERRCODE = 'ZP002', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER trg_config_versions_lifecycle BEFORE INSERT OR UPDATE OR DELETE ON config_versions
  FOR EACH ROW EXECUTE FUNCTION guard_config_version();

-- Once a statement, not once a row: an import inserts thousands. The versions are share-locked first, so that none
-- can be activated between this check and the commit. A version that is gone was a DRAFT being discarded.
CREATE FUNCTION guard_config_rows() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  touched text[];
  version record;
BEGIN
  IF TG_OP = 'INSERT' THEN
    touched := ARRAY(SELECT DISTINCT config_version_id FROM new_rows);
  ELSIF TG_OP = 'DELETE' THEN
    touched := ARRAY(SELECT DISTINCT config_version_id FROM old_rows);
  ELSE
    touched := ARRAY(SELECT config_version_id FROM old_rows UNION SELECT config_version_id FROM new_rows);
  END IF;
  FOR version IN
    SELECT id, status FROM public.config_versions WHERE id = ANY (touched) ORDER BY id FOR SHARE
  LOOP
    IF version.status <> 'DRAFT' THEN
      RAISE EXCEPTION '% of config version % cannot change: the version is %', TG_TABLE_NAME, version.id, version.status
        USING ERRCODE = 'ZP001', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME,
          HINT = 'Import a new version instead.';
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;

CREATE TRIGGER trg_atp_scope_master_insert AFTER INSERT ON atp_scope_master
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();
CREATE TRIGGER trg_atp_scope_master_update AFTER UPDATE ON atp_scope_master
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();
CREATE TRIGGER trg_atp_scope_master_delete AFTER DELETE ON atp_scope_master
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();

CREATE TRIGGER trg_vendor_master_insert AFTER INSERT ON vendor_master
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();
CREATE TRIGGER trg_vendor_master_update AFTER UPDATE ON vendor_master
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();
CREATE TRIGGER trg_vendor_master_delete AFTER DELETE ON vendor_master
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();

CREATE TRIGGER trg_approval_role_master_insert AFTER INSERT ON approval_role_master
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();
CREATE TRIGGER trg_approval_role_master_update AFTER UPDATE ON approval_role_master
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();
CREATE TRIGGER trg_approval_role_master_delete AFTER DELETE ON approval_role_master
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();

CREATE TRIGGER trg_approval_policy_master_insert AFTER INSERT ON approval_policy_master
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();
CREATE TRIGGER trg_approval_policy_master_update AFTER UPDATE ON approval_policy_master
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();
CREATE TRIGGER trg_approval_policy_master_delete AFTER DELETE ON approval_policy_master
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();

CREATE TRIGGER trg_approval_policy_stages_insert AFTER INSERT ON approval_policy_stages
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();
CREATE TRIGGER trg_approval_policy_stages_update AFTER UPDATE ON approval_policy_stages
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();
CREATE TRIGGER trg_approval_policy_stages_delete AFTER DELETE ON approval_policy_stages
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();

CREATE TRIGGER trg_cluster_master_insert AFTER INSERT ON cluster_master
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();
CREATE TRIGGER trg_cluster_master_update AFTER UPDATE ON cluster_master
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();
CREATE TRIGGER trg_cluster_master_delete AFTER DELETE ON cluster_master
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();

CREATE TRIGGER trg_cluster_approver_master_insert AFTER INSERT ON cluster_approver_master
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();
CREATE TRIGGER trg_cluster_approver_master_update AFTER UPDATE ON cluster_approver_master
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();
CREATE TRIGGER trg_cluster_approver_master_delete AFTER DELETE ON cluster_approver_master
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_config_rows();

-- 5. A workflow keeps the version it was created from, which must be one that can no longer be edited.
CREATE FUNCTION guard_workflow_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  RAISE EXCEPTION 'workflow % is frozen to config version % and policy %', OLD.id, OLD.config_version_id, OLD.policy_id
    USING ERRCODE = 'ZP004', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
END
$$;
CREATE TRIGGER trg_workflow_instances_frozen BEFORE UPDATE ON workflow_instances
  FOR EACH ROW
  WHEN (
    OLD.config_version_id IS DISTINCT FROM NEW.config_version_id
    OR OLD.policy_id IS DISTINCT FROM NEW.policy_id
    OR OLD.workspace_id IS DISTINCT FROM NEW.workspace_id
  )
  EXECUTE FUNCTION guard_workflow_version();

CREATE FUNCTION guard_workflow_start() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  draft text;
BEGIN
  SELECT version.id INTO draft
  FROM public.config_versions AS version
  WHERE version.id IN (SELECT config_version_id FROM new_rows) AND version.status = 'DRAFT'
  LIMIT 1;
  IF draft IS NOT NULL THEN
    RAISE EXCEPTION 'a workflow cannot start from config version %, which is still a DRAFT', draft
      USING ERRCODE = 'ZP004', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER trg_workflow_instances_start AFTER INSERT ON workflow_instances
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_workflow_start();

-- 6. History is append-only. This outranks the CASCADE that reaches workflow_stage_actions: a workflow on which
--    somebody has acted cannot be deleted.
CREATE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  RAISE EXCEPTION '% refuses %', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'ZP005', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME,
      DETAIL = 'Its rows are history: they are kept as they were written.';
END
$$;
CREATE TRIGGER trg_workflow_stage_actions_append_only BEFORE UPDATE OR DELETE ON workflow_stage_actions
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER trg_audit_events_append_only BEFORE UPDATE OR DELETE ON audit_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- TRUNCATE passes by the triggers above and by row-level security.
CREATE TRIGGER trg_workflow_stage_actions_truncate BEFORE TRUNCATE ON workflow_stage_actions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER trg_audit_events_truncate BEFORE TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER trg_config_versions_truncate BEFORE TRUNCATE ON config_versions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER trg_atp_scope_master_truncate BEFORE TRUNCATE ON atp_scope_master
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER trg_vendor_master_truncate BEFORE TRUNCATE ON vendor_master
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER trg_approval_role_master_truncate BEFORE TRUNCATE ON approval_role_master
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER trg_approval_policy_master_truncate BEFORE TRUNCATE ON approval_policy_master
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER trg_approval_policy_stages_truncate BEFORE TRUNCATE ON approval_policy_stages
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER trg_cluster_master_truncate BEFORE TRUNCATE ON cluster_master
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER trg_cluster_approver_master_truncate BEFORE TRUNCATE ON cluster_approver_master
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
