import { newId } from '@apms/db';
import type { SentStatement } from './sent-statement.ts';

/** What a call is about: ids by what they are of. */
export type Subject = Readonly<Record<string, string>>;

/** Statements to be sent again and again, each time for another subject; those of one flight are sent together. */
export type StatementPlan = readonly (readonly PlannedStatement[])[];

interface PlannedStatement {
  readonly text: string;
  readonly values: readonly PlannedValue[];
}

/** A value as it is, one with ids in it, or an array of values. */
type PlannedValue =
  | { readonly fixed: unknown }
  | { readonly parts: readonly Part[] }
  | { readonly list: readonly PlannedValue[] };

/** Text, an id of the subject by its name, or an id that is made anew by its number. */
type Part = string | { readonly subject: string } | { readonly fresh: number };

const UUID = /([\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12})/;

/**
 * Turns the statements of one call into a plan for others: the ids of its subject, and those that were made during the
 * call, become places to be filled; everything else stays as it was.
 */
export function planStatements(
  sent: readonly SentStatement[],
  { subject, since }: { readonly subject: Subject; readonly since: Date },
): StatementPlan {
  const names = new Map(Object.entries(subject).map(([name, id]) => [id, name]));
  const fresh = new Map<string, number>();

  function partOf(text: string): Part {
    const name = names.get(text);
    if (name !== undefined) return { subject: name };
    if (!UUID.test(text) || madeAt(text) < since.getTime()) return text;
    const number = fresh.get(text) ?? fresh.size;
    fresh.set(text, number);
    return { fresh: number };
  }

  function plan(value: unknown): PlannedValue {
    if (Array.isArray(value)) return { list: value.map(plan) };
    if (typeof value !== 'string') return { fixed: value };
    const parts = value.split(UUID).map(partOf);
    return parts.every((part) => typeof part === 'string') ? { fixed: value } : { parts };
  }

  const flights = Map.groupBy(sent, ({ flight }) => flight);
  return [...flights.values()].map((statements) =>
    statements.map(({ text, values }) => ({ text, values: values.map(plan) })),
  );
}

/** Fills the places of a plan's values; ids that are made anew are the same wherever the number is. */
export function bindStatements(
  plan: StatementPlan,
  subject: Subject,
): { readonly text: string; readonly values: unknown[] }[][] {
  const fresh: string[] = [];

  function bind(value: PlannedValue): unknown {
    if ('fixed' in value) return value.fixed;
    if ('list' in value) return value.list.map(bind);
    return value.parts.map(textOf).join('');
  }

  function textOf(part: Part): string {
    if (typeof part === 'string') return part;
    if ('fresh' in part) return (fresh[part.fresh] ??= newId());
    const id = subject[part.subject];
    if (id === undefined) throw new TypeError(`The subject has no ${part.subject}`);
    return id;
  }

  return plan.map((flight) => flight.map(({ text, values }) => ({ text, values: values.map(bind) })));
}

/** When a UUID of version 7 was made, in ms since 1970. */
function madeAt(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
