import { values } from './en/values.ts';

/** Closed value sets of the API that the console has words for. */
export type ValueSet = keyof typeof values;

/** One value of a set; whichever set is meant, one of its own. */
export type ValueOf<Set extends ValueSet> = Set extends unknown ? keyof (typeof values)[Set] & string : never;

/** The values of a set, in their order, without the schemas of the API, which take their time to load. */
export function valuesOf<Set extends ValueSet>(set: Set): readonly ValueOf<Set>[] {
  const isOurs = (value: string): value is ValueOf<Set> => Object.hasOwn(values[set], value);
  return Object.keys(values[set]).filter(isOurs);
}
