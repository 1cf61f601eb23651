/** What `work` gave for each name, one after another: one comparison then shows every name that is wrong. */
export async function byName<T>(
  names: readonly string[],
  work: (name: string) => Promise<T>,
): Promise<Record<string, T>> {
  const results: Record<string, T> = {};
  for (const name of names) results[name] = await work(name);
  return results;
}

/** The same value for every name. */
export function alike<T>(names: readonly string[], value: T): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, value]));
}
