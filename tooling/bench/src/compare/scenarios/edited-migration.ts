import { readFile, writeFile } from 'node:fs/promises';
import type { Scenario } from '../scenario.ts';
import { edited, FIRST, observeTampering } from './tampering.ts';

/** The file of an applied migration is changed. */
export const editedMigration: Scenario = {
  name: 'edited-migration',
  title: 'An applied migration was edited',
  observe: (stage) =>
    observeTampering(stage, async () => {
      const file = stage.fileOf(FIRST);
      await writeFile(file, edited(FIRST, await readFile(file, 'utf8')));
    }),
};
