import { attemptsSql, foundProblems, insufficientPrivilege } from '../probe/attempt.ts';
import { otherProbe, probe } from '../probe/probe.ts';
import { actAsApiSql, apiRole } from './act-as-api.ts';
import { notedRows } from './note-probe-rows.ts';
import { notedRole, scopedTables } from './note-scoped-tables.ts';

/** The tables of which the probes have rows, in the database that has the API's role. */
const probedTables = `
    select * from ${scopedTables} where ${notedRows} ? name and ${notedRole} <> 'null'`;

const readRows = `
  do $reads$
  declare
    scoped record; ours boolean; theirs boolean; problems jsonb := ${foundProblems};
  begin
    for scoped in ${probedTables} order by "canRead", name loop
      if not scoped."canRead" then
        problems := problems || jsonb_build_object(
          'message', '${apiRole} may not read ' || scoped.name, 'table', scoped.name);
      else
        execute format('select exists (select from %1$I where %2$s), exists (select from %1$I where %3$s)',
          scoped.name, scoped.ours, scoped.theirs) into ours, theirs;
        if theirs then
          problems := problems || jsonb_build_object(
            'message', format('a row of %s is visible from another workspace', scoped.name), 'table', scoped.name);
        end if;
        if not ours then
          problems := problems || jsonb_build_object(
            'message', format('a row of %s is not visible in its own workspace', scoped.name), 'table', scoped.name);
        end if;
      end if;
    end loop;
    perform set_config('validation.problems', problems::text, true);
  end
  $reads$;`;

const tryWrites = attemptsSql(`(
    select coalesce(jsonb_agg(jsonb_build_object(
      'what', what, 'table', name, 'sql', sql, 'mayFindNothing', true,
      'refusedBy', case when is_move then '["${insufficientPrivilege}", "ZP", "23"]'::jsonb
                   else '["${insufficientPrivilege}"]' end) order by name, position), '[]')
    from (${probedTables}) scoped
    cross join lateral (values
      (1, false, format('changing a row of %s in another workspace', name),
        format('update %1$I set %2$I = %2$I where %3$s', name, "column", theirs)),
      (2, false, format('deleting a row of %s in another workspace', name),
        format('delete from %I where %s', name, theirs)),
      (3, false, format('adding a row to %s in another workspace', name),
        format('insert into %1$I select * from jsonb_populate_record(null::%1$I, %2$L)', name, ${notedRows} -> name)),
      (4, true, format('moving a row of %s into another workspace', name),
        format('update %I set %I = %L where %s', name, "column", '${otherProbe.workspaceId}', ours))
    ) a(position, is_move, what, sql)
    where not (is_move and "column" = 'id'))::text`);

/**
 * SQL that, as the API's role inside one workspace, reads and writes the rows of another. Keeps the number of writes in
 * `validation.writes`.
 */
export const tryLeaks = `${actAsApiSql(probe)}${readRows}${tryWrites}
  select set_config('validation.writes', jsonb_array_length(current_setting('validation.attempts')::jsonb)::text, true);
  reset role;`;
