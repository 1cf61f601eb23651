import type { Scenario } from '../scenario.ts';
import { observeTampering } from './tampering.ts';

/** Somebody adds a column by hand. */
export const schemaDrift: Scenario = {
  name: 'schema-drift',
  title: 'A column was added by hand',
  observe: (stage) =>
    observeTampering(stage, () => stage.query('alter table things add column if not exists by_hand text')),
};
