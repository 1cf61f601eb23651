import { scopedTables } from './note-scoped-tables.ts';

/** SQL that keeps the other probe's row of each table in the setting `validation.rows`; what it does not know is missing. */
export const noteProbeRows = `
  do $rows$
  declare
    scoped record; found jsonb; rows jsonb := '{}';
  begin
    for scoped in select * from ${scopedTables} where key is not null loop
      execute format('select to_jsonb(t) from %I t where %s', scoped.name, scoped.theirs) into found;
      if found is not null then rows := rows || jsonb_build_object(scoped.name, found); end if;
    end loop;
    perform set_config('validation.rows', rows::text, true);
  end
  $rows$;`;

/** The rows that were noted, as one jsonb object by table. */
export const notedRows = `current_setting('validation.rows')::jsonb`;
