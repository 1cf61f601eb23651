/** The change that takes all of these filters away. */
export function noFilters(filters: object): Readonly<Record<string, undefined>> {
  return Object.fromEntries(Object.keys(filters).map((name) => [name, undefined]));
}
