import { initTRPC, TRPCError } from '@trpc/server';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { procedureRunner } from './procedure-runner.ts';

const t = initTRPC.context<{ readonly user: string }>().create();
const seen: string[] = [];
const base = t.procedure.use(async ({ ctx, next, path }) => {
  const result = await next({ ctx: { upper: ctx.user.toUpperCase() } });
  seen.push(`${path} ${result.ok ? 'ok' : result.error.code}`);
  return result;
});
const procedures = {
  greet: base
    .input(z.object({ name: z.string() }))
    .input(z.object({ times: z.int().default(2) }))
    .output(z.string())
    .query(({ ctx, input }) => `${ctx.upper} ${input.name} ${input.times}`),
  wrongOutput: base.output(z.string().max(1)).query(() => 'long'),
  failing: base.mutation(() => {
    throw new RangeError('inside');
  }),
  refusing: base.mutation(() => {
    throw new TRPCError({ code: 'CONFLICT' });
  }),
};

describe('a procedure runs as the library runs it', () => {
  test.each<[path: keyof typeof procedures, input: unknown]>([
    ['greet', { name: 'x' }],
    ['greet', { name: 1 }],
    ['greet', undefined],
    ['wrongOutput', undefined],
    ['failing', undefined],
    ['refusing', undefined],
  ])('%s %j', async (path, input) => {
    const procedure = procedures[path];
    const { type } = procedure._def; // oxlint-disable-line no-underscore-dangle -- the library's own name
    const call = {
      path,
      type,
      ctx: { user: 'u' },
      getRawInput: async () => input,
      signal: undefined,
      batchIndex: 0,
    };
    const [own, theirs] = await Promise.allSettled([procedureRunner(procedure)(call), procedure(call)]);
    expect(own).toEqual(theirs);
    expect(seen.slice(-2)[0]).toBe(seen.slice(-2)[1]);
  });
});

test('a procedure that is not made of middlewares is left to the library', () => {
  const other = Object.assign(async () => 'x', procedures.greet, {
    _def: { ...procedures.greet._def, middlewares: undefined }, // oxlint-disable-line no-underscore-dangle -- as above
  });
  expect(procedureRunner(other)).toBe(other);
});
