-- Why: a workspace says from when on it wants to be told of orphaned rows and overdue approvals
-- (docs/runbooks/integrity.md, "Alerts do not come"). The defaults tell of every one, as before.
-- Undo: drop the three columns, and with them the checks; every workspace is then told of everything again.

-- Constants as defaults: no row is rewritten.
ALTER TABLE workspace_settings
  ADD COLUMN orphan_alert_severity TEXT    NOT NULL DEFAULT 'WARNING',
  ADD COLUMN orphan_alert_minimum  INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN sla_alert_minimum     INTEGER NOT NULL DEFAULT 1;

ALTER TABLE workspace_settings
  ADD CONSTRAINT ck_workspace_settings_orphan_alert_severity
    CHECK (orphan_alert_severity IN ('CRITICAL', 'WARNING')) NOT VALID;
ALTER TABLE workspace_settings
  ADD CONSTRAINT ck_workspace_settings_alert_minimums
    CHECK (orphan_alert_minimum > 0 AND sla_alert_minimum > 0) NOT VALID;
-- deploy:allow validate-in-same-transaction the table has one row a workspace
ALTER TABLE workspace_settings VALIDATE CONSTRAINT ck_workspace_settings_orphan_alert_severity;
-- deploy:allow validate-in-same-transaction the table has one row a workspace
ALTER TABLE workspace_settings VALIDATE CONSTRAINT ck_workspace_settings_alert_minimums;
