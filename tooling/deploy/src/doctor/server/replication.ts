import { type DoctorFinding, ok, problem, warning } from '../finding.ts';
import type { ServerCheck } from './context.ts';

/** What else depends on the server's log of writes: archive, standbys, slots. */
export const checkReplication: ServerCheck = async ({ client }) => {
  const { rows } = await client.query<{
    archiveFails: boolean;
    idleSlots: string[];
    waitsForStandby: boolean;
  }>(`
    select coalesce((select current_setting('archive_mode') <> 'off' and failed_count > 0
                        and (last_archived_time is null or last_failed_time > last_archived_time)
                       from pg_stat_archiver), false) as "archiveFails",
           array(select slot_name::text from pg_replication_slots where not active order by 1) as "idleSlots",
           current_setting('synchronous_standby_names') <> '' and current_setting('synchronous_commit') not in ('off', 'local')
             and not exists (select from pg_stat_replication where sync_state in ('sync', 'quorum')) as "waitsForStandby"`);
  const [facts] = rows;
  if (facts === undefined) return [];
  const findings: DoctorFinding[] = [];
  if (facts.archiveFails) {
    findings.push(
      warning(
        'archive',
        'Archiving of the write-ahead log fails.',
        'What is not archived is kept: a deployment writes much at once, and the disk fills up.',
        'select * from pg_stat_archiver; then mend archive_command',
      ),
    );
  }
  if (facts.idleSlots.length > 0) {
    const [first] = facts.idleSlots;
    findings.push(
      warning(
        'replication slots',
        `Nobody reads from ${facts.idleSlots.join(', ')}.`,
        'All that is written is kept for them, until the disk is full.',
        `select pg_drop_replication_slot('${first}'), once nobody needs it`,
      ),
    );
  }
  if (facts.waitsForStandby) {
    findings.push(
      problem(
        'standby',
        'A commit waits for a synchronous standby, and none is connected.',
        'The migration would be committed and not return.',
        'Bring the standby back, or: alter system reset synchronous_standby_names; select pg_reload_conf()',
      ),
    );
  }
  return findings.length > 0 ? findings : [ok('replication', 'nothing waits')];
};
