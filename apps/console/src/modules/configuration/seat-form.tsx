import type { ClusterApprover } from '@apms/validators';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SearchCombobox } from '../../ui/search-combobox.tsx';
import { useToast } from '../../ui/use-toast.ts';
import type { Seat } from './seat.ts';
import { isBackwards, moved, peopleOf, type SeatPerson } from './seat-people.ts';
import { SeatPersonItem } from './seat-person-item.tsx';

export interface SeatFormProps {
  readonly seat: Seat & { readonly clusterId: string; readonly roleId: string };
  readonly approvers: readonly ClusterApprover[];
  readonly onClose: () => void;
}

const LIMIT = 20;

export function SeatForm({ seat, approvers, onClose }: SeatFormProps) {
  const t = useTranslations('configSeat');
  const tCommon = useTranslations('common');
  const toast = useToast();
  const { client, trpc, queryClient } = useWorkspace();
  const [people, setPeople] = useState<readonly SeatPerson[]>(() => peopleOf(approvers));
  const [twice, setTwice] = useState<string | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const { clusterId, roleId, roleCode: role, clusterCode: cluster } = seat;
  const save = useMutation({
    mutationFn: () =>
      client.clusterApprovers.set.mutate({
        clusterId,
        roleId,
        people: people.map(({ userId, effectiveFrom, effectiveTo }) => ({
          userId,
          effectiveFrom: effectiveFrom === '' ? null : effectiveFrom,
          effectiveTo: effectiveTo === '' ? null : effectiveTo,
        })),
      }),
    onSuccess: async () => {
      toast(t('saved', { role, cluster }));
      onClose();
      await Promise.all([
        queryClient.invalidateQueries(trpc.configVersions.pathFilter()),
        queryClient.invalidateQueries(trpc.clusterApprovers.pathFilter()),
      ]);
    },
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!people.some(isBackwards)) save.mutate();
  }

  function add(person: { id: string; name: string; email: string } | null): void {
    if (person === null) return;
    const isThere = people.some(({ userId }) => userId === person.id);
    setTwice(isThere ? person.name : null);
    if (isThere) return;
    const { id: userId, name, email } = person;
    setPeople([...people, { userId, name, email, effectiveFrom: '', effectiveTo: '' }]);
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <ol ref={list} tabIndex={-1} aria-label={t('people')} className="flex flex-col gap-2">
        {people.map((person, index) => (
          <SeatPersonItem
            key={person.userId}
            person={person}
            index={index}
            onChange={(changed) => setPeople(people.with(index, changed))}
            onMove={(by) => setPeople(moved(people, index, by))}
            onRemove={() => {
              setPeople(people.toSpliced(index, 1));
              // The button that was pressed is gone.
              list.current?.focus();
            }}
          />
        ))}
      </ol>
      {people.length === 0 && <p className="text-quiet">{t('nobody')}</p>}
      <SearchCombobox
        label={t('add')}
        hint={t('addHint')}
        error={twice === null ? undefined : t('twice', { name: twice })}
        value={null}
        onSelect={add}
        queryKey={trpc.users.list.queryKey({ limit: LIMIT })}
        find={async (text, signal) => {
          const search = text === '' ? {} : { search: text };
          const { items } = await client.users.list.query({ ...search, limit: LIMIT }, { signal });
          return items;
        }}
        textOf={({ name }) => name}
        detailOf={({ email }) => email}
      />
      {save.isError && <ErrorNote error={save.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{tCommon('cancel')}</Button>
        <Button type="submit" look="primary" isBusy={save.isPending}>
          {tCommon('save')}
        </Button>
      </div>
    </form>
  );
}
