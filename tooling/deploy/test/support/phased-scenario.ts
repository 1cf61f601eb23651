import { createScenario, type Scenario, type ScenarioOptions, SITES } from './scenario.ts';

/** The pending migrations of {@link createPhasedScenario}. */
export const ADDED = '20270101000000_added';
export const VALIDATED = '20270102000000_validated';
export const NOTED = '20270103000000_noted';

const MADE = `
create function slowly() returns boolean stable language sql as 'select pg_sleep(0.25) is not null';
create table ledger (id int primary key, amount int);
create table entries (id int primary key, amount int);
create table notes (id int primary key);
create table known (id int primary key, amount int);
alter table known add constraint ck_known check (amount > 0) not valid;`;

/** The rows of its tables. */
export const PHASED_DATA = ['ledger', 'entries', 'known']
  .map((table) => `insert into ${table} select n, n from generate_series(1, 8) n;`)
  .join('\n');

const PENDING = {
  [ADDED]: `alter table ledger add constraint ck_ledger check (slowly() and amount > 0) not valid;
alter table entries add constraint ck_entries check (amount > 0) not valid;`,
  [VALIDATED]: `alter table known validate constraint ck_known;
alter table ledger validate constraint ck_ledger;
alter table entries validate constraint ck_entries;
create unique index concurrently ux_entries on entries (amount);`,
  [NOTED]: 'insert into notes values (1);',
};

/**
 * Migrations that would keep its table `ledger` blocked for 2 s, on a budget of 1.8 s. They are applied in
 * six phases: constraints are added to `ledger` and `entries`; that of `known`, which is there already, is validated, then
 * that of `ledger`, slowly, then that of `entries`; an index is built on `entries`; `notes` gets a row. However busy the
 * machine is, nothing else comes near the budget: no other statement keeps somebody waiting while something slow follows.
 */
export const PHASED = {
  settings: { maxLockMs: 1_800, lockTimeoutMs: 150, attempts: 2 },
  applied: { '20261231000000_made': MADE },
  pending: PENDING,
} as const satisfies ScenarioOptions;

/** A target with {@link PHASED}. */
export async function createPhasedScenario(
  options: Pick<ScenarioOptions, 'settings' | 'applied' | 'pending'> = {},
): Promise<Scenario> {
  return createScenario({
    ...PHASED,
    data: `${SITES} ${PHASED_DATA}`,
    settings: { ...PHASED.settings, ...options.settings },
    applied: { ...PHASED.applied, ...options.applied },
    pending: options.pending ?? PHASED.pending,
  });
}
