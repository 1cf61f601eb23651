import { fill, type Probe } from './probe.ts';

/** SQL that creates the probe's workspace with people, a site, a document and one row of each foundation table. */
export function foundationSql(probe: Probe): string {
  return fill(probe, sql);
}

/** SQL that gives the probes' workspaces settings, if there is such a table: older databases have none. */
export function settingsSql(probes: readonly Probe[]): string {
  const inserts = probes.map((of) =>
    fill(of, `insert into workspace_settings (workspace_id) values ('{w}');`),
  );
  return `
  do $settings$ begin
    if to_regclass('public.workspace_settings') is not null then ${inserts.join(' ')} end if;
  end $settings$;`;
}

const sql = `
  insert into workspaces (id, code, name) values ('{w}', 'probe-{p}', 'Validation probe');
  insert into users (id, email, display_name, status) values
    ('{p}:users', 'importer-{p}@probe.invalid', 'Importer', 'ACTIVE'),
    ('{p}:approver', 'approver-{p}@probe.invalid', 'Approver', 'ACTIVE'),
    ('{p}:colleague', 'colleague-{p}@probe.invalid', 'Colleague', 'ACTIVE');
  insert into workspace_memberships (id, workspace_id, user_id, role)
    values ('{p}:workspace_memberships', '{w}', '{p}:approver', 'APPROVER');
  insert into sites (id, workspace_id, site_code, name, cluster_code)
    values ('{p}:sites', '{w}', 'PROBE', 'Probe site', 'PROBE');
  insert into documents (id, workspace_id, name, media_type, size_bytes, sha256, storage_key, uploaded_by_id)
    values ('{p}:documents', '{w}', 'probe.pdf', 'application/pdf', 1, repeat('0', 64), 'probe/{p}', '{p}:users');
  insert into idempotency_keys (id, workspace_id, user_id, key, procedure, request_hash, expires_at)
    values ('{p}:idempotency_keys', '{w}', '{p}:users', '{p}', 'probe', repeat('0', 64), now());
  insert into audit_events (id, workspace_id, actor_id, action, entity_type, entity_id)
    values ('{p}:audit_events', '{w}', '{p}:users', 'probe', 'workspace', '{w}');`;
