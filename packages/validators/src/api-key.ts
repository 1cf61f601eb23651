import { z } from 'zod';
import { Id, Instant, PageInput, pageOf, RequiredText } from './wire.ts';

/** A key by which a program acts as its owner in one workspace. The key itself is not kept. */
export const ApiKey = z.object({
  id: Id,
  userId: Id,
  userName: z.string(),
  name: z.string(),
  /** Its first characters. */
  start: z.string(),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  /** To a few minutes. */
  lastUsedAt: Instant.nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

export const ApiKeyRef = z.object({ apiKeyId: Id });
export type ApiKeyRef = z.infer<typeof ApiKeyRef>;

export const ApiKeyPage = pageOf(ApiKey);

export const ListApiKeys = PageInput.extend({
  sort: z.enum(['createdAt']).default('createdAt'),
  /** Everybody's are for those who manage members. */
  owner: z.enum(['ME', 'EVERYBODY']).default('ME'),
});
export type ListApiKeys = z.infer<typeof ListApiKeys>;

export const CreateApiKey = z.object({
  name: RequiredText.max(100),
  expiresInDays: z.int().min(1).max(365).default(90),
});
export type CreateApiKey = z.infer<typeof CreateApiKey>;

/** A new key, shown this once; null when the call is the repetition of one that was answered before. */
export const CreatedApiKey = ApiKey.extend({ key: z.string().nullable() });
export type CreatedApiKey = z.infer<typeof CreatedApiKey>;
