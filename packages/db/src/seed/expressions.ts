import type { SeedPlan } from './seed-plan.ts';

/** Writes the SQL expressions whose values look random and depend on nothing but the plan's seed and a key. */
export interface Expressions {
  /** A time-ordered UUID as text, unique for the kind and the key (an expression of type text). */
  readonly id: (kind: string, key: string, at: string) => string;
  /** A whole number from 0 below `bound`, for a key that is an expression of a whole number. */
  readonly pick: (key: string, purpose: string, bound: number | string) => string;
  /** A fraction from 0 below 1. */
  readonly fraction: (key: string, purpose: string) => string;
  /** 64 hexadecimal digits. */
  readonly checksum: (key: string) => string;
}

/** The expressions for one plan. */
export function expressionsOf({ seed }: SeedPlan): Expressions {
  const hash = (key: string, purpose: string) =>
    `hashint8extended((${key})::bigint, ${seed} * 65536::bigint + ${purposeNumber(purpose)})`;
  return {
    id: (kind, key, at) =>
      `overlay(overlay(overlay(md5('${seed}:${kind}:' || (${key})) placing
        lpad(to_hex((date_part('epoch', ${at}) * 1000)::bigint), 12, '0') from 1)
        placing '7' from 13) placing 'b' from 17)::uuid::text`,
    pick: (key, purpose, bound) => `((${hash(key, purpose)} & 2147483647) % (${bound}))::int`,
    fraction: (key, purpose) => `((${hash(key, purpose)} & 1048575)::float8 / 1048576)`,
    checksum: (key) => `encode(sha256(convert_to('${seed}:' || (${key}), 'UTF8')), 'hex')`,
  };
}

/** Tells draws for different purposes apart, so that one does not foretell the other. */
function purposeNumber(purpose: string): number {
  let number = 0;
  for (const character of purpose) number = (number * 31 + (character.codePointAt(0) ?? 0)) % 65_536;
  return number;
}

type Literal = string | number | boolean | null;

/** The rows of a `values` list; strings become literals. */
export function valuesOf(rows: readonly (readonly Literal[])[]): string {
  return `(values ${rows.map((row) => `(${row.map(literalOf).join(', ')})`).join(', ')})`;
}

function literalOf(value: Literal): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}
