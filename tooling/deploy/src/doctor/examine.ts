import { openStore } from '../backup/store/open-store.ts';
import { type Connection, onDatabase, parseConnection } from '../connection.ts';
import { explain } from '../explain.ts';
import { toFailure } from '../failure.ts';
import { type LoadedConfig, targetSettings } from '../load-config.ts';
import { withClient } from '../postgres.ts';
import { readServerFacts } from '../server-facts.ts';
import { mustBeReal } from '../target.ts';
import { type DoctorFinding, ok, problem } from './finding.ts';
import { checkReach } from './reach.ts';
import { checkRuns } from './runs.ts';
import type { ServerContext } from './server/context.ts';
import { SERVER_CHECKS } from './server/server-checks.ts';
import { checkStateDirectory } from './state-directory.ts';
import { checkVariables } from './variables.ts';

/** As the plan reckons: the backup, and its unpacked copy. */
const SPACE_FACTOR = 2;

const APPLICATION = 'apms-deploy doctor';

/**
 * Looks at everything that a deployment of a target relies on. Takes no lock and writes nothing; what cannot be looked at
 * because of an earlier finding is left out.
 */
export async function examine(config: LoadedConfig, name: string): Promise<DoctorFinding[]> {
  const settings = targetSettings(config, name);
  const { findings, connection } = checkVariables(name, settings, mustBeReal());
  const server = connection === undefined ? undefined : await examineServer(config, name, connection);
  const store = await openStore(config, settings);
  return [
    ok('node', process.versions.node),
    ok('configuration', config.file),
    ...findings,
    ...(server?.findings ?? []),
    ...(await checkStateDirectory(config.stateDirectory, server?.neededBytes)),
    ...(await checkRuns(name, config.stateDirectory, store)),
  ];
}

async function examineServer(
  config: LoadedConfig,
  name: string,
  connection: Connection,
): Promise<{ findings: DoctorFinding[]; neededBytes?: number }> {
  const reached = await checkReach(connection);
  if (reached.status !== 'ok') return { findings: [reached] };
  const { maintenanceDatabase, rehearsalUrlVariable } = targetSettings(config, name);
  const url = rehearsalUrlVariable && process.env[rehearsalUrlVariable];
  const rehearsal = url
    ? parseConnection(url, rehearsalUrlVariable ?? '')
    : onDatabase(connection, maintenanceDatabase);
  const there = await checkReach(rehearsal);
  if (there.status !== 'ok') return { findings: [reached, { ...there, check: `rehearsal: ${there.check}` }] };
  return withClient(connection, APPLICATION, (client) =>
    withClient(connection, APPLICATION, async (second) => {
      try {
        const facts = await readServerFacts(client);
        const { migrations, clientTools } = config;
        const context = { client, second, connection, rehearsal, facts, migrations, clientTools };
        return {
          findings: [reached, ...(await examineAll(context))],
          neededBytes: facts.databaseSizeBytes * SPACE_FACTOR,
        };
      } catch (error) {
        const mend = 'Upgrade the server, or use the version of this tool that supports it.';
        return {
          findings: [
            reached,
            problem('server', explain(toFailure(error)), 'Nothing more was looked at.', mend),
          ],
        };
      }
    }),
  );
}

async function examineAll(context: ServerContext): Promise<DoctorFinding[]> {
  const findings: DoctorFinding[] = [];
  // One after another: they share their sessions.
  for (const check of SERVER_CHECKS) findings.push(...(await check(context)));
  return findings;
}
