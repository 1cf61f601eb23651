import { escapeLiteral } from 'pg';

/** A check to be run by psql; its SQL stands there as it is, to be read. */
export interface WaitingCheck {
  readonly code: string;
  readonly title: string;
  readonly needs: readonly string[];
  readonly sql: string;
}

/** Statements for psql that hand a check to the runner and run it. */
export function runWaiting({ code, title, needs, sql }: WaitingCheck): string {
  const tag = quoteFor(sql);
  return `select set_config('validation.checks', jsonb_build_array(jsonb_build_object(
  'code', ${escapeLiteral(code)}, 'title', ${escapeLiteral(title)},
  'needs', '${JSON.stringify(needs)}'::jsonb, 'sql', ${tag}
${tidy(sql)}
${tag}))::text, true) as waiting \\gset validation_
\\ir lib/runner.sql
`;
}

/** A dollar quote that the text does not end itself, whatever names are in it. */
function quoteFor(sql: string, tag = 'check'): string {
  return sql.includes(`$${tag}$`) ? quoteFor(sql, `${tag}_`) : `$${tag}$`;
}

/** Without blank lines and white space at the ends of lines, which come of putting texts together. */
function tidy(sql: string): string {
  return sql
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n');
}
