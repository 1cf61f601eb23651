import type { User } from '@apms/validators';
import { useQuery } from '@tanstack/react-query';
import { useWorkspace } from '../../session/use-workspace.ts';
import { SearchCombobox } from '../../ui/search-combobox.tsx';

export interface PersonComboboxProps {
  readonly label: string;
  readonly userId: string | undefined;
  readonly onSelect: (userId: string | undefined) => void;
}

const LIMIT = 20;

/** One of the people whom the workspace knows, found by name or e-mail address. */
export function PersonCombobox({ label, userId, onSelect }: PersonComboboxProps) {
  const { client, trpc } = useWorkspace();
  const { data: chosen } = useQuery({
    ...trpc.users.get.queryOptions({ userId: userId ?? '' }),
    enabled: userId !== undefined,
  });
  return (
    <SearchCombobox<Pick<User, 'id' | 'name' | 'email'>>
      label={label}
      value={userId === undefined ? null : (chosen ?? { id: userId, name: userId, email: '' })}
      onSelect={(person) => onSelect(person?.id)}
      queryKey={trpc.users.list.queryKey({ limit: LIMIT })}
      find={async (text, signal) => {
        const search = text === '' ? {} : { search: text };
        const { items } = await client.users.list.query({ ...search, limit: LIMIT }, { signal });
        return items;
      }}
      textOf={({ name }) => name}
      detailOf={({ email }) => email}
    />
  );
}
