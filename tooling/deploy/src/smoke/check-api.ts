import { Health, Me } from '@apms/validators';
import { type Api, ApiProblem, callApi } from './call-api.ts';
import { configurationReads, configVersions, type Read, reads } from './reads.ts';

/**
 * Calls the running API: it is well, knows the migration as its last one, and answers one read of each router with what
 * its type says, as far as the key may read; nothing is written.
 * @returns how many reads were made
 * @throws {ApiProblem} at the first call whose answer is not what it should be.
 */
export async function checkApi(api: Api, migration: string | null): Promise<number> {
  const health = await callApi(api, { path: 'health', answer: Health });
  if (health.migration !== migration) {
    throw new ApiProblem(
      `the API's version ${health.version} is made for the migration ${health.migration ?? 'none'}, not for ${migration ?? 'none'}`,
    );
  }
  if (health.status !== 'ok') {
    const failing = Object.entries(health.checks).filter(([, isWell]) => !isWell);
    throw new ApiProblem(`the API is not well: ${failing.map(([name]) => name).join(', ')}`);
  }
  const { workspaces } = await callApi(api, { path: 'me', answer: Me });
  const [workspace] = workspaces;
  if (workspace === undefined) throw new ApiProblem("the API key's owner belongs to no workspace");
  const isPermitted = ({ permission }: Read) => workspace.permissions.includes(permission);
  const versions = isPermitted(configVersions) ? await callApi(api, configVersions, workspace.id) : undefined;
  const [version] = versions?.items ?? [];
  const wanted = [...reads, ...(version === undefined ? [] : configurationReads(version.id))].filter(
    isPermitted,
  );
  for (const read of wanted) await callApi(api, read, workspace.id);
  return wanted.length + (versions === undefined ? 0 : 1);
}
