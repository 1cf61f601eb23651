-- Why: the database itself refuses orphans (docs/adr/0001-foreign-keys.md). Each key is added NOT VALID, so that
-- new rows are checked from the start, and then VALIDATEd, which scans the existing rows under a lock that lets
-- reads and writes pass; an orphan among them stops the migration by the name of its key. History and frozen
-- references RESTRICT deletion, parts of a whole CASCADE with it; parts reach their workspace through their whole.
-- Every configuration table cascades from its version directly, so that discarding a DRAFT deletes all of its rows
-- before any reference between them is checked, in whatever order the keys were made.
-- Undo: drop the 58 constraints named here. No row is changed.

ALTER TABLE config_versions ADD CONSTRAINT fk_config_versions_imported_by
  FOREIGN KEY (imported_by_id) REFERENCES users (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE config_versions ADD CONSTRAINT fk_config_versions_activated_by
  FOREIGN KEY (activated_by_id) REFERENCES users (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE config_versions ADD CONSTRAINT fk_config_versions_previous_version
  FOREIGN KEY (previous_version_id) REFERENCES config_versions (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE config_versions ADD CONSTRAINT fk_config_versions_superseded_by
  FOREIGN KEY (superseded_by_id) REFERENCES config_versions (id)
  ON DELETE RESTRICT NOT VALID;

ALTER TABLE atp_scope_master ADD CONSTRAINT fk_atp_scope_master_workspace
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE atp_scope_master ADD CONSTRAINT fk_atp_scope_master_config_version
  FOREIGN KEY (config_version_id) REFERENCES config_versions (id)
  ON DELETE CASCADE NOT VALID;

ALTER TABLE vendor_master ADD CONSTRAINT fk_vendor_master_workspace
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE vendor_master ADD CONSTRAINT fk_vendor_master_config_version
  FOREIGN KEY (config_version_id) REFERENCES config_versions (id)
  ON DELETE CASCADE NOT VALID;

ALTER TABLE approval_role_master ADD CONSTRAINT fk_approval_role_master_workspace
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE approval_role_master ADD CONSTRAINT fk_approval_role_master_config_version
  FOREIGN KEY (config_version_id) REFERENCES config_versions (id)
  ON DELETE CASCADE NOT VALID;

ALTER TABLE approval_policy_master ADD CONSTRAINT fk_approval_policy_master_workspace
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE approval_policy_master ADD CONSTRAINT fk_approval_policy_master_config_version
  FOREIGN KEY (config_version_id) REFERENCES config_versions (id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE approval_policy_master ADD CONSTRAINT fk_approval_policy_master_scope
  FOREIGN KEY (scope_id) REFERENCES atp_scope_master (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE approval_policy_master ADD CONSTRAINT fk_approval_policy_master_vendor
  FOREIGN KEY (vendor_id) REFERENCES vendor_master (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE approval_policy_master ADD CONSTRAINT fk_approval_policy_master_parent_policy
  FOREIGN KEY (parent_policy_id) REFERENCES approval_policy_master (id)
  ON DELETE RESTRICT NOT VALID;

ALTER TABLE approval_policy_stages ADD CONSTRAINT fk_approval_policy_stages_config_version
  FOREIGN KEY (config_version_id) REFERENCES config_versions (id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE approval_policy_stages ADD CONSTRAINT fk_approval_policy_stages_policy
  FOREIGN KEY (policy_id) REFERENCES approval_policy_master (id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE approval_policy_stages ADD CONSTRAINT fk_approval_policy_stages_role
  FOREIGN KEY (role_id) REFERENCES approval_role_master (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE approval_policy_stages ADD CONSTRAINT fk_approval_policy_stages_static_user
  FOREIGN KEY (static_user_id) REFERENCES users (id)
  ON DELETE RESTRICT NOT VALID;

ALTER TABLE cluster_master ADD CONSTRAINT fk_cluster_master_workspace
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE cluster_master ADD CONSTRAINT fk_cluster_master_config_version
  FOREIGN KEY (config_version_id) REFERENCES config_versions (id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE cluster_master ADD CONSTRAINT fk_cluster_master_scope
  FOREIGN KEY (scope_id) REFERENCES atp_scope_master (id)
  ON DELETE RESTRICT NOT VALID;

ALTER TABLE cluster_approver_master ADD CONSTRAINT fk_cluster_approver_master_config_version
  FOREIGN KEY (config_version_id) REFERENCES config_versions (id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE cluster_approver_master ADD CONSTRAINT fk_cluster_approver_master_cluster
  FOREIGN KEY (cluster_id) REFERENCES cluster_master (id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE cluster_approver_master ADD CONSTRAINT fk_cluster_approver_master_role
  FOREIGN KEY (role_id) REFERENCES approval_role_master (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE cluster_approver_master ADD CONSTRAINT fk_cluster_approver_master_user
  FOREIGN KEY (user_id) REFERENCES users (id)
  ON DELETE RESTRICT NOT VALID;

ALTER TABLE workflow_instances ADD CONSTRAINT fk_workflow_instances_workspace
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE workflow_instances ADD CONSTRAINT fk_workflow_instances_config_version
  FOREIGN KEY (config_version_id) REFERENCES config_versions (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE workflow_instances ADD CONSTRAINT fk_workflow_instances_policy
  FOREIGN KEY (policy_id) REFERENCES approval_policy_master (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE workflow_instances ADD CONSTRAINT fk_workflow_instances_site
  FOREIGN KEY (site_id) REFERENCES sites (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE workflow_instances ADD CONSTRAINT fk_workflow_instances_scope
  FOREIGN KEY (scope_id) REFERENCES atp_scope_master (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE workflow_instances ADD CONSTRAINT fk_workflow_instances_vendor
  FOREIGN KEY (vendor_id) REFERENCES vendor_master (id)
  ON DELETE RESTRICT NOT VALID;

ALTER TABLE workflow_stages ADD CONSTRAINT fk_workflow_stages_workflow
  FOREIGN KEY (workflow_id) REFERENCES workflow_instances (id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE workflow_stages ADD CONSTRAINT fk_workflow_stages_role
  FOREIGN KEY (role_id) REFERENCES approval_role_master (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE workflow_stages ADD CONSTRAINT fk_workflow_stages_approver
  FOREIGN KEY (approver_id) REFERENCES users (id)
  ON DELETE RESTRICT NOT VALID;

ALTER TABLE approver_overrides ADD CONSTRAINT fk_approver_overrides_workspace
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE approver_overrides ADD CONSTRAINT fk_approver_overrides_workflow_stage
  FOREIGN KEY (workflow_stage_id) REFERENCES workflow_stages (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE approver_overrides ADD CONSTRAINT fk_approver_overrides_submission
  FOREIGN KEY (submission_id) REFERENCES atp_submissions (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE approver_overrides ADD CONSTRAINT fk_approver_overrides_from_user
  FOREIGN KEY (from_user_id) REFERENCES users (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE approver_overrides ADD CONSTRAINT fk_approver_overrides_to_user
  FOREIGN KEY (to_user_id) REFERENCES users (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE approver_overrides ADD CONSTRAINT fk_approver_overrides_requested_by
  FOREIGN KEY (requested_by_id) REFERENCES users (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE approver_overrides ADD CONSTRAINT fk_approver_overrides_approved_by
  FOREIGN KEY (approved_by_id) REFERENCES users (id)
  ON DELETE RESTRICT NOT VALID;

ALTER TABLE atp_submissions ADD CONSTRAINT fk_atp_submissions_workspace
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE atp_submissions ADD CONSTRAINT fk_atp_submissions_site
  FOREIGN KEY (site_id) REFERENCES sites (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE atp_submissions ADD CONSTRAINT fk_atp_submissions_scope
  FOREIGN KEY (scope_id) REFERENCES atp_scope_master (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE atp_submissions ADD CONSTRAINT fk_atp_submissions_vendor
  FOREIGN KEY (vendor_id) REFERENCES vendor_master (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE atp_submissions ADD CONSTRAINT fk_atp_submissions_workflow
  FOREIGN KEY (workflow_id) REFERENCES workflow_instances (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE atp_submissions ADD CONSTRAINT fk_atp_submissions_submitted_by
  FOREIGN KEY (submitted_by_id) REFERENCES users (id)
  ON DELETE RESTRICT NOT VALID;

ALTER TABLE atp_submission_documents ADD CONSTRAINT fk_atp_submission_documents_submission
  FOREIGN KEY (submission_id) REFERENCES atp_submissions (id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE atp_submission_documents ADD CONSTRAINT fk_atp_submission_documents_document
  FOREIGN KEY (document_id) REFERENCES documents (id)
  ON DELETE RESTRICT NOT VALID;

ALTER TABLE punchlists ADD CONSTRAINT fk_punchlists_workspace
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE punchlists ADD CONSTRAINT fk_punchlists_workflow
  FOREIGN KEY (workflow_id) REFERENCES workflow_instances (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE punchlists ADD CONSTRAINT fk_punchlists_workflow_stage
  FOREIGN KEY (workflow_stage_id) REFERENCES workflow_stages (id)
  ON DELETE RESTRICT NOT VALID;

ALTER TABLE punchlist_items ADD CONSTRAINT fk_punchlist_items_punchlist
  FOREIGN KEY (punchlist_id) REFERENCES punchlists (id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE punchlist_items ADD CONSTRAINT fk_punchlist_items_evidence_document
  FOREIGN KEY (evidence_document_id) REFERENCES documents (id)
  ON DELETE RESTRICT NOT VALID;
ALTER TABLE punchlist_items ADD CONSTRAINT fk_punchlist_items_raised_by
  FOREIGN KEY (raised_by_id) REFERENCES users (id)
  ON DELETE RESTRICT NOT VALID;

ALTER TABLE workflow_stage_actions ADD CONSTRAINT fk_workflow_stage_actions_workflow_stage
  FOREIGN KEY (workflow_stage_id) REFERENCES workflow_stages (id)
  ON DELETE CASCADE NOT VALID;
ALTER TABLE workflow_stage_actions ADD CONSTRAINT fk_workflow_stage_actions_actor
  FOREIGN KEY (actor_id) REFERENCES users (id)
  ON DELETE RESTRICT NOT VALID;

ALTER TABLE config_versions VALIDATE CONSTRAINT fk_config_versions_imported_by;
ALTER TABLE config_versions VALIDATE CONSTRAINT fk_config_versions_activated_by;
ALTER TABLE config_versions VALIDATE CONSTRAINT fk_config_versions_previous_version;
ALTER TABLE config_versions VALIDATE CONSTRAINT fk_config_versions_superseded_by;
ALTER TABLE atp_scope_master VALIDATE CONSTRAINT fk_atp_scope_master_workspace;
ALTER TABLE atp_scope_master VALIDATE CONSTRAINT fk_atp_scope_master_config_version;
ALTER TABLE vendor_master VALIDATE CONSTRAINT fk_vendor_master_workspace;
ALTER TABLE vendor_master VALIDATE CONSTRAINT fk_vendor_master_config_version;
ALTER TABLE approval_role_master VALIDATE CONSTRAINT fk_approval_role_master_workspace;
ALTER TABLE approval_role_master VALIDATE CONSTRAINT fk_approval_role_master_config_version;
ALTER TABLE approval_policy_master VALIDATE CONSTRAINT fk_approval_policy_master_workspace;
ALTER TABLE approval_policy_master VALIDATE CONSTRAINT fk_approval_policy_master_config_version;
ALTER TABLE approval_policy_master VALIDATE CONSTRAINT fk_approval_policy_master_scope;
ALTER TABLE approval_policy_master VALIDATE CONSTRAINT fk_approval_policy_master_vendor;
ALTER TABLE approval_policy_master VALIDATE CONSTRAINT fk_approval_policy_master_parent_policy;
ALTER TABLE approval_policy_stages VALIDATE CONSTRAINT fk_approval_policy_stages_config_version;
ALTER TABLE approval_policy_stages VALIDATE CONSTRAINT fk_approval_policy_stages_policy;
ALTER TABLE approval_policy_stages VALIDATE CONSTRAINT fk_approval_policy_stages_role;
ALTER TABLE approval_policy_stages VALIDATE CONSTRAINT fk_approval_policy_stages_static_user;
ALTER TABLE cluster_master VALIDATE CONSTRAINT fk_cluster_master_workspace;
ALTER TABLE cluster_master VALIDATE CONSTRAINT fk_cluster_master_config_version;
ALTER TABLE cluster_master VALIDATE CONSTRAINT fk_cluster_master_scope;
ALTER TABLE cluster_approver_master VALIDATE CONSTRAINT fk_cluster_approver_master_config_version;
ALTER TABLE cluster_approver_master VALIDATE CONSTRAINT fk_cluster_approver_master_cluster;
ALTER TABLE cluster_approver_master VALIDATE CONSTRAINT fk_cluster_approver_master_role;
ALTER TABLE cluster_approver_master VALIDATE CONSTRAINT fk_cluster_approver_master_user;
ALTER TABLE workflow_instances VALIDATE CONSTRAINT fk_workflow_instances_workspace;
ALTER TABLE workflow_instances VALIDATE CONSTRAINT fk_workflow_instances_config_version;
ALTER TABLE workflow_instances VALIDATE CONSTRAINT fk_workflow_instances_policy;
ALTER TABLE workflow_instances VALIDATE CONSTRAINT fk_workflow_instances_site;
ALTER TABLE workflow_instances VALIDATE CONSTRAINT fk_workflow_instances_scope;
ALTER TABLE workflow_instances VALIDATE CONSTRAINT fk_workflow_instances_vendor;
ALTER TABLE workflow_stages VALIDATE CONSTRAINT fk_workflow_stages_workflow;
ALTER TABLE workflow_stages VALIDATE CONSTRAINT fk_workflow_stages_role;
ALTER TABLE workflow_stages VALIDATE CONSTRAINT fk_workflow_stages_approver;
ALTER TABLE approver_overrides VALIDATE CONSTRAINT fk_approver_overrides_workspace;
ALTER TABLE approver_overrides VALIDATE CONSTRAINT fk_approver_overrides_workflow_stage;
ALTER TABLE approver_overrides VALIDATE CONSTRAINT fk_approver_overrides_submission;
ALTER TABLE approver_overrides VALIDATE CONSTRAINT fk_approver_overrides_from_user;
ALTER TABLE approver_overrides VALIDATE CONSTRAINT fk_approver_overrides_to_user;
ALTER TABLE approver_overrides VALIDATE CONSTRAINT fk_approver_overrides_requested_by;
ALTER TABLE approver_overrides VALIDATE CONSTRAINT fk_approver_overrides_approved_by;
ALTER TABLE atp_submissions VALIDATE CONSTRAINT fk_atp_submissions_workspace;
ALTER TABLE atp_submissions VALIDATE CONSTRAINT fk_atp_submissions_site;
ALTER TABLE atp_submissions VALIDATE CONSTRAINT fk_atp_submissions_scope;
ALTER TABLE atp_submissions VALIDATE CONSTRAINT fk_atp_submissions_vendor;
ALTER TABLE atp_submissions VALIDATE CONSTRAINT fk_atp_submissions_workflow;
ALTER TABLE atp_submissions VALIDATE CONSTRAINT fk_atp_submissions_submitted_by;
ALTER TABLE atp_submission_documents VALIDATE CONSTRAINT fk_atp_submission_documents_submission;
ALTER TABLE atp_submission_documents VALIDATE CONSTRAINT fk_atp_submission_documents_document;
ALTER TABLE punchlists VALIDATE CONSTRAINT fk_punchlists_workspace;
ALTER TABLE punchlists VALIDATE CONSTRAINT fk_punchlists_workflow;
ALTER TABLE punchlists VALIDATE CONSTRAINT fk_punchlists_workflow_stage;
ALTER TABLE punchlist_items VALIDATE CONSTRAINT fk_punchlist_items_punchlist;
ALTER TABLE punchlist_items VALIDATE CONSTRAINT fk_punchlist_items_evidence_document;
ALTER TABLE punchlist_items VALIDATE CONSTRAINT fk_punchlist_items_raised_by;
ALTER TABLE workflow_stage_actions VALIDATE CONSTRAINT fk_workflow_stage_actions_workflow_stage;
ALTER TABLE workflow_stage_actions VALIDATE CONSTRAINT fk_workflow_stage_actions_actor;
