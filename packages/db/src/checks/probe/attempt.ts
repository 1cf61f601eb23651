import { escapeLiteral } from 'pg';

/** A statement that the database has to refuse. */
export interface Attempt {
  /** What it tries, for the problem: "a second ACTIVE version". */
  readonly what: string;
  readonly table: string;
  readonly sql: string;
  /** SQLSTATEs, or their beginnings, that count as the refusal meant. */
  readonly refusedBy: readonly string[];
  /** A statement that finds no row is refused as well: row-level security hides what it protects. */
  readonly mayFindNothing?: boolean;
}

/** SQLSTATEs of the rules that the database's own triggers enforce. */
export const ruleViolation = 'ZP';
/** RESTRICT has a state of its own from PostgreSQL 18 on. */
export const foreignKeyViolation = ['23503', '23001'];
export const checkViolation = '23514';
export const uniqueViolation = '23505';
export const insufficientPrivilege = '42501';

/** SQL that makes these attempts, see {@link attemptsSql}. */
export function tryAttempts(attempts: readonly Attempt[]): string {
  return attemptsSql(escapeLiteral(JSON.stringify(attempts, null, 1)));
}

/**
 * SQL that makes each attempt of a JSON array, undoes it, and adds a problem to the check's found ones for each that
 * was not refused as it should be.
 */
export function attemptsSql(attempts: string): string {
  return `
  select set_config('validation.attempts', ${attempts}, true);
  ${attemptBlock};`;
}

const attemptBlock = `do $attempts$
  declare
    attempt record; affected bigint; state text; reason text; problem text;
    problems jsonb := coalesce(nullif(current_setting('validation.problems', true), ''), '[]');
  begin
    for attempt in
      select * from jsonb_to_recordset(current_setting('validation.attempts')::jsonb)
        as a(what text, "table" text, sql text, "refusedBy" text[], "mayFindNothing" boolean)
    loop
      begin
        execute attempt.sql;
        get diagnostics affected = row_count;
        set constraints all immediate;
        raise exception using errcode = 'VA000';
      exception when others then
        state := sqlstate;
        reason := sqlerrm;
      end;
      problem := case
        when state = 'VA000' and affected > 0 then ' was accepted'
        when state = 'VA000' and attempt."mayFindNothing" is true then null
        when state = 'VA000' then ' found no row to try it on'
        when state ^@ any(attempt."refusedBy") then null
        else format(' was refused for another reason (%s)', state)
      end;
      if problem is not null then
        problems := problems || jsonb_strip_nulls(jsonb_build_object('message', attempt.what || problem,
          'table', attempt."table", 'detail', case when state <> 'VA000' then reason end));
      end if;
    end loop;
    perform set_config('validation.problems', problems::text, true);
  end
$attempts$`;

/** The problems that the steps of a check have found, as jsonb. */
export const foundProblems = `coalesce(nullif(current_setting('validation.problems', true), ''), '[]')::jsonb`;
