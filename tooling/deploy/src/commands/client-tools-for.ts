import { type ClientTools, findClientTools } from '../client-tools.ts';
import { withClient } from '../postgres.ts';
import type { Run } from '../run-context.ts';
import { majorOf, readServerFacts } from '../server-facts.ts';

/** The client programs for a run's target; an embedded one needs none. @throws {TOOL_MISSING} */
export async function clientToolsFor({
  target,
  applicationName,
  config,
}: Run): Promise<ClientTools | undefined> {
  if (target.embedded) return undefined;
  const facts = await withClient(target.maintenance, applicationName, readServerFacts);
  return findClientTools(majorOf(facts), config.clientTools);
}
