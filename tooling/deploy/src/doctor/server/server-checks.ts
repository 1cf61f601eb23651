import { checkClock } from './clock.ts';
import type { ServerCheck } from './context.ts';
import { checkExtensions } from './extensions.ts';
import { checkHeadroom } from './headroom.ts';
import { checkHistory } from './history.ts';
import { checkPooler } from './pooler.ts';
import { checkPrivileges } from './privileges.ts';
import { checkReplication } from './replication.ts';
import { checkSettings } from './settings.ts';
import { checkTools } from './tools.ts';
import { checkTransactions } from './transactions.ts';

/** Every look at a server, in the order in which they are told. */
export const SERVER_CHECKS: readonly ServerCheck[] = [
  checkPrivileges,
  checkPooler,
  checkTools,
  checkHistory,
  checkExtensions,
  checkHeadroom,
  checkTransactions,
  checkSettings,
  checkReplication,
  checkClock,
];
