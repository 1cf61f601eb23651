import { foundProblems } from '../probe/attempt.ts';
import { configRowTables, type ProbeVersion, versionRowId } from '../probe/config-version.ts';

/**
 * SQL that deletes a DRAFT and adds a problem for each table in which rows of it remain; a deletion that is refused
 * leaves no orphan either.
 */
export function findLeftovers(draft: ProbeVersion): string {
  const id = versionRowId(draft, 'config_versions');
  return `
  do $leftovers$
  declare
    part text; remaining bigint; problems jsonb := ${foundProblems};
  begin
    delete from config_versions where id = '${id}';
    set constraints all immediate;
    foreach part in array '{${Object.keys(configRowTables).join(',')}}'::text[] loop
      execute format('select count(*) from %I where config_version_id = %L', part, '${id}') into remaining;
      if remaining > 0 then
        problems := problems || jsonb_build_object(
          'message', format('discarding a DRAFT left %s rows in %s', remaining, part), 'table', part, 'count', remaining);
      end if;
    end loop;
    perform set_config('validation.problems', problems::text, true);
  exception when foreign_key_violation or restrict_violation then
    null;
  end
  $leftovers$;`;
}
