import type { Scenario } from './scenario.ts';
import { backup } from './scenarios/backup.ts';
import { concurrentIndex } from './scenarios/concurrent-index.ts';
import { deletedMigration } from './scenarios/deleted-migration.ts';
import { editedMigration } from './scenarios/edited-migration.ts';
import { exitCodes } from './scenarios/exit-codes.ts';
import { failingFile } from './scenarios/failing-file.ts';
import { failingSet } from './scenarios/failing-set.ts';
import { failsOnData } from './scenarios/fails-on-data.ts';
import { killed } from './scenarios/killed.ts';
import { lockedTable } from './scenarios/locked-table.ts';
import { mixedFile } from './scenarios/mixed-file.ts';
import { outOfOrder } from './scenarios/out-of-order.ts';
import { rowLoss } from './scenarios/row-loss.ts';
import { schemaDrift } from './scenarios/schema-drift.ts';
import { time } from './scenarios/time.ts';
import { twoAtOnce } from './scenarios/two-at-once.ts';
import { wayBack } from './scenarios/way-back.ts';

/** Everything that is done to every tool, in the order of the table. */
export const scenarios: readonly Scenario[] = [
  failingSet,
  failingFile,
  failsOnData,
  killed,
  mixedFile,
  concurrentIndex,
  editedMigration,
  deletedMigration,
  outOfOrder,
  schemaDrift,
  lockedTable,
  twoAtOnce,
  wayBack,
  backup,
  rowLoss,
  exitCodes,
  time,
];
