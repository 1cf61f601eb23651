import type { CheckProblem } from '@apms/validators';
import { type ClientBase, escapeLiteral } from 'pg';

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

interface Outcome {
  /** Null when the statement went through. */
  readonly state: string | null;
  readonly message: string;
  readonly rows: number;
}

/** SQLSTATEs of the rules that the database's own triggers enforce. */
export const ruleViolation = 'ZP';
/** RESTRICT has a state of its own from PostgreSQL 18 on. */
export const foreignKeyViolation = ['23503', '23001'];
export const checkViolation = '23514';
export const uniqueViolation = '23505';
export const insufficientPrivilege = '42501';

/**
 * Makes each attempt, undoes it, and returns a problem for each that was not refused as it should be.
 * All of them take two round trips.
 */
export async function findAccepted(
  client: ClientBase,
  attempts: readonly Attempt[],
): Promise<CheckProblem[]> {
  const statements = escapeLiteral(JSON.stringify(attempts.map(({ sql }) => sql)));
  await client.query(`select set_config('validation.attempts', ${statements}, true); ${attemptBlock}`);
  const { rows: outcomes } = await client.query<Outcome>(
    `select * from jsonb_to_recordset(current_setting('validation.outcomes')::jsonb)
       as o(state text, message text, rows int)`,
  );
  return attempts.flatMap((attempt, index) => judge(attempt, outcomes[index]));
}

const attemptBlock = `do $attempts$
  declare
    statement text; outcomes jsonb := '[]'; affected int; message text;
  begin
    for statement in select jsonb_array_elements_text(current_setting('validation.attempts')::jsonb) loop
      begin
        execute statement;
        get diagnostics affected = row_count;
        set constraints all immediate;
        raise exception using errcode = 'VA000', message = affected;
      exception when others then
        get stacked diagnostics message = message_text;
        outcomes := outcomes || jsonb_build_object(
          'state', nullif(sqlstate, 'VA000'), 'message', message,
          'rows', case when sqlstate = 'VA000' then message::int else 0 end);
      end;
    end loop;
    perform set_config('validation.outcomes', outcomes::text, true);
  end
$attempts$`;

function judge(
  { what, table, refusedBy, mayFindNothing = false }: Attempt,
  outcome?: Outcome,
): CheckProblem[] {
  if (outcome === undefined) return [{ message: `${what}: not tried`, table }];
  const { state, message, rows } = outcome;
  if (state === null) {
    if (rows > 0) return [{ message: `${what} was accepted`, table }];
    return mayFindNothing ? [] : [{ message: `${what} found no row to try it on`, table }];
  }
  if (refusedBy.some((expected) => state.startsWith(expected))) return [];
  return [{ message: `${what} was refused for another reason: ${message} (${state})`, table }];
}
