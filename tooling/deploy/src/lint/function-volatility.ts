import type { CreateFunctionStmt } from 'libpg-query';

/** PostgreSQL's own functions that are seen in defaults and give one result for a whole statement. */
const NOT_VOLATILE = new Set([
  'now',
  'transaction_timestamp',
  'statement_timestamp',
  'current_setting',
  'current_schema',
  'current_database',
  'date_trunc',
  'to_char',
  'to_date',
  'to_timestamp',
  'timezone',
  'make_date',
  'make_interval',
  'age',
  'date_part',
  'extract',
  'lower',
  'upper',
  'md5',
  'concat',
  'format',
  'jsonb_build_object',
  'jsonb_build_array',
  'json_build_object',
  'json_build_array',
  'array_fill',
]);

/** Whether a built-in function may give another result at each call; one that is not known counts as volatile. */
export function isVolatileBuiltIn(name: string): boolean {
  return !NOT_VOLATILE.has(name);
}

/** The volatility with which a function is created. */
export function declaredVolatility({ options = [] }: CreateFunctionStmt): string {
  for (const option of options) {
    if (!('DefElem' in option) || option.DefElem.defname !== 'volatility') continue;
    const { arg } = option.DefElem;
    if (arg && 'String' in arg) return arg.String.sval ?? 'volatile';
  }
  return 'volatile';
}
