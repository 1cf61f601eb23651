/** What the figures and problems of a check are read from: CTEs, and the one row that all of them may name. */
interface Sources {
  readonly queries?: string;
  readonly from?: string;
}

/**
 * The last statement of a check: one row of figures, each an SQL expression, and problems, the concatenation of
 * jsonb arrays.
 */
export function outcomeSql(
  figures: Readonly<Record<string, string | number>>,
  problems: readonly string[],
  { queries, from }: Sources = {},
): string {
  const named = Object.entries(figures).map(([name, expression]) => `'${name}', ${expression}`);
  return `
${queries === undefined ? '' : `  with ${queries.trim()}\n`}  select jsonb_build_object(
    ${named.join(',\n    ')}) as figures,
    ${problems.length > 0 ? problems.join('\n    || ') : "'[]'::jsonb"} as problems${from === undefined ? '' : `\n  from ${from}`}`;
}

/** The rows of a query, with the columns message, "table", count and "sampleIds" or some of them, as a jsonb array. */
export function problemsOf(query: string): string {
  return `coalesce((select jsonb_agg(jsonb_strip_nulls(to_jsonb(problem))) from (${query}) problem), '[]')`;
}

/** Query of the problems in `fault`, which has one row of id and message for each thing wrong. */
export function faultySql(what: string, table: string): string {
  return `
    select count(*) || ' ${what} ' || message as message, '${table}' as "table", count(*) as count,
           (array_agg(id order by id))[1:5] as "sampleIds"
    from fault group by fault.message order by fault.message`;
}
