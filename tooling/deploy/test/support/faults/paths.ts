import { PHASED, PHASED_DATA } from '../phased-scenario.ts';
import type { ScenarioOptions } from '../scenario.ts';
import { SITES } from '../scenario.ts';

/** A way through the pipeline on which faults strike: what is deployed, with which settings. */
export interface FaultPath {
  options: ScenarioOptions;
  /** What the deployment comes to when nothing strikes. */
  outcome: 'deployed' | 'rolled-back';
}

const NAME = '20270101000000_fault';

/** The same to the last value in every database, so that two of them can be compared. */
const DATA = `${SITES}
update workspaces set created_at = '2026-01-01', updated_at = '2026-01-01';
update sites set created_at = '2026-01-01', updated_at = '2026-01-01';`;

export const FAULT_PATHS = {
  /** Everything in one transaction. */
  transactional: {
    options: {
      data: DATA,
      pending: {
        [NAME]: `create table fault_notes (id int primary key, note text not null);
insert into fault_notes select n, 'note ' || n from generate_series(1, 500) n;
alter table sites add column fault_note text;
update sites set fault_note = name where region = 'R1';`,
      },
    },
    outcome: 'deployed',
  },
  /** An index built and another dropped outside the transaction, each undone by its inverse. */
  'non-transactional': {
    options: {
      data: DATA,
      applied: { '20260901000000_fault_old': 'create index ix_fault_old on sites (city);' },
      pending: {
        [NAME]: `create index concurrently ix_fault_new on sites (name);
drop index concurrently ix_fault_old;
alter table sites add column fault_note text;`,
      },
    },
    outcome: 'deployed',
  },
  /** Constraints added, then validated one by one, an index built: six phases, each undone by its inverses. */
  phased: { options: { ...PHASED, data: `${DATA} ${PHASED_DATA}` }, outcome: 'deployed' },
  /** Committed and verified, then refused by a smoke command: swapped back to the backup. */
  'swap-back': {
    options: {
      data: DATA,
      settings: { hooks: { smoke: [{ command: ['false'] }] } },
      pending: {
        [NAME]: `alter table sites add column fault_note text; update sites set fault_note = name;`,
      },
    },
    outcome: 'rolled-back',
  },
} as const satisfies Record<string, FaultPath>;

export type FaultPathName = keyof typeof FAULT_PATHS;
