import { type Membership, MembershipRole, type User } from '@apms/validators';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { useValueText } from '../../ui/use-value-text.ts';
import { RoleChoice } from './role-choice.tsx';

/** The login roles of somebody: each is given at once, and taken after a question. */
export function RolesPanel({ person }: { readonly person: User }) {
  const t = useTranslations('people');
  const valueText = useValueText();
  const toast = useToast();
  const router = useRouter();
  const { me, client, queryClient, trpc } = useWorkspace();
  const {
    data: { items: memberships },
  } = useSuspenseQuery(trpc.memberships.list.queryOptions({ userId: person.id }));
  const [taken, setTaken] = useState<Membership | null>(null);

  async function showChange(text: string): Promise<void> {
    await Promise.all([
      queryClient.invalidateQueries(trpc.users.pathFilter()),
      queryClient.invalidateQueries(trpc.memberships.pathFilter()),
    ]);
    toast(text);
    if (person.id !== me.id) return;
    // What one may do has changed: everything is offered anew.
    await router.options.context.session.queryClient.invalidateQueries({ queryKey: ['me'] });
    await router.invalidate();
  }

  const grant = useMutation({
    mutationFn: (role: MembershipRole) => client.memberships.grant.mutate({ userId: person.id, role }),
    onSuccess: ({ role }) =>
      showChange(t('granted', { name: person.name, role: valueText('MembershipRole', role) })),
  });
  const revoke = useMutation({
    mutationFn: ({ id }: Membership) => client.memberships.revoke.mutate({ membershipId: id }),
    onSuccess: async ({ role }) => {
      setTaken(null);
      await showChange(t('revoked', { name: person.name, role: valueText('MembershipRole', role) }));
    },
  });
  return (
    <Panel title={t('fields.roles')}>
      <div className="grid gap-x-6 md:grid-cols-2">
        {MembershipRole.options.map((role) => {
          const membership = memberships.find((one) => one.role === role);
          return (
            <RoleChoice key={role} role={role}>
              {(props) => (
                <input
                  {...props}
                  type="checkbox"
                  checked={membership !== undefined}
                  disabled={grant.isPending}
                  onChange={() => (membership === undefined ? grant.mutate(role) : setTaken(membership))}
                />
              )}
            </RoleChoice>
          );
        })}
      </div>
      {grant.error !== null && <ErrorNote error={grant.error} />}
      {taken !== null && (
        <ConfirmDialog
          isOpen
          onClose={() => {
            setTaken(null);
            revoke.reset();
          }}
          onConfirm={() => revoke.mutate(taken)}
          title={t('revoke.title', { role: valueText('MembershipRole', taken.role) })}
          description={t(memberships.length === 1 ? 'revoke.last' : 'revoke.about', { name: person.name })}
          confirmLabel={t('revoke.confirm')}
          isDangerous
          isBusy={revoke.isPending}
          error={revoke.error}
        />
      )}
    </Panel>
  );
}
