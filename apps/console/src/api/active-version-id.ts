import type { ApmsClient } from '@apms/client';

/** The id of the approval configuration that is ACTIVE; undefined when none is. */
export async function activeVersionId(client: ApmsClient, signal: AbortSignal): Promise<string | undefined> {
  const wanted = { sourceType: 'APPROVAL_MATRIX', status: 'ACTIVE', limit: 1 } as const;
  const { items } = await client.configVersions.list.query(wanted, { signal });
  return items[0]?.id;
}
