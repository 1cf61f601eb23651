import { Health } from '@apms/validators';
import { rest } from '../../rest.ts';
import { publicProcedure, router } from '../../trpc.ts';
import { checkHealth } from './check-health.ts';

export const healthRouter = router({
  get: publicProcedure
    .meta(rest('GET', '/health', 'What of the answering process works'))
    .output(Health)
    .query(({ ctx }) => checkHealth(ctx)),
});
