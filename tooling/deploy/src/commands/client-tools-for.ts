import type { BackupDriverName } from '../backup/manifest.ts';
import { type ClientTools, findClientTools } from '../client-tools.ts';
import { withClient } from '../postgres.ts';
import type { Run } from '../run-context.ts';
import { majorOf, readServerFacts } from '../server-facts.ts';

/** The client programs for a run's target; only dumps need any. @throws {TOOL_MISSING} */
export async function clientToolsFor(
  { target, applicationName, config }: Run,
  driver: BackupDriverName,
): Promise<ClientTools | undefined> {
  if (driver !== 'pg_dump') return undefined;
  const facts = await withClient(target.maintenance, applicationName, readServerFacts);
  return findClientTools(majorOf(facts), config.clientTools);
}
