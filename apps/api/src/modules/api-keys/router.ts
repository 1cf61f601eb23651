import { ApiKey, ApiKeyPage, ApiKeyRef, CreateApiKey, CreatedApiKey, ListApiKeys } from '@apms/validators';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { createApiKey } from './create-api-key.ts';
import { listApiKeys } from './list-api-keys.ts';
import { revokeApiKey } from './revoke-api-key.ts';

export const apiKeysRouter = router({
  list: permit('apiKeys.own')
    .meta(rest('GET', '/api-keys', 'API keys for the workspace, page by page'))
    .input(ListApiKeys)
    .output(ApiKeyPage)
    .query(({ ctx, input }) => listApiKeys(ctx, input)),

  create: permit('apiKeys.own')
    .meta(rest('POST', '/api-keys', 'Make an API key, which is shown once'))
    .input(CreateApiKey)
    .output(CreatedApiKey)
    .mutation(({ ctx, input }) => createApiKey(ctx, input)),

  revoke: permit('apiKeys.own')
    .meta(rest('DELETE', '/api-keys/{apiKeyId}', 'End an API key'))
    .input(ApiKeyRef)
    .output(ApiKey)
    .mutation(({ ctx, input }) => revokeApiKey(ctx, input)),
});
