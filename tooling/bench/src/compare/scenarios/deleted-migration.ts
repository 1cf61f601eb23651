import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Scenario } from '../scenario.ts';
import { FIRST, observeTampering } from './tampering.ts';

/** The file of an applied migration is deleted, with its directory where that was its own. */
export const deletedMigration: Scenario = {
  name: 'deleted-migration',
  title: 'An applied migration was deleted',
  observe: (stage) =>
    observeTampering(stage, () => {
      const file = stage.fileOf(FIRST);
      const own =
        dirname(file) === join(stage.place.directory, 'migrations') || !file.endsWith('migration.sql');
      return rm(own ? file : dirname(file), { recursive: true });
    }),
};
