import { CreateScope, ListScopes, Scope, ScopePage, ScopeRef, UpdateScope } from '@apms/validators';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { createScope } from './create-scope.ts';
import { deleteScope } from './delete-scope.ts';
import { getScope } from './get-scope.ts';
import { listScopes } from './list-scopes.ts';
import { updateScope } from './update-scope.ts';

export const scopesRouter = router({
  get: permit('config.read')
    .meta(rest('GET', '/scopes/{scopeId}', 'One scope of a config version'))
    .input(ScopeRef)
    .output(Scope)
    .query(({ ctx, input }) => getScope(ctx, input)),

  list: permit('config.read')
    .meta(rest('GET', '/scopes', 'Scopes of a config version, filtered and sorted, page by page'))
    .input(ListScopes)
    .output(ScopePage)
    .query(({ ctx, input }) => listScopes(ctx, input)),

  create: permit('config.edit')
    .meta(rest('POST', '/scopes', 'Add a scope to a DRAFT'))
    .input(CreateScope)
    .output(Scope)
    .mutation(({ ctx, input }) => createScope(ctx, input)),

  update: permit('config.edit')
    .meta(rest('PATCH', '/scopes/{scopeId}', 'Change a scope of a DRAFT'))
    .input(UpdateScope)
    .output(Scope)
    .mutation(({ ctx, input }) => updateScope(ctx, input)),

  delete: permit('config.edit')
    .meta(rest('DELETE', '/scopes/{scopeId}', 'Delete a scope of a DRAFT that nothing uses'))
    .input(ScopeRef)
    .output(ScopeRef)
    .mutation(({ ctx, input }) => deleteScope(ctx, input)),
});
