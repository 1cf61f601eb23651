import type { User } from '@apms/validators';
import { useWorkspace } from '../../session/use-workspace.ts';
import { SearchCombobox } from '../../ui/search-combobox.tsx';

export interface ApproverFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly isOptional?: boolean;
  readonly value: User | null;
  readonly onSelect: (person: User | null) => void;
}

/** Roles that decide stages. */
const deciding = ['APPROVER', 'ADMIN'] as const;

const LIMIT = 20;

/** One of those who may decide stages, found by part of their name or e-mail address. */
export function ApproverField(props: ApproverFieldProps) {
  const { client, trpc } = useWorkspace();
  return (
    <SearchCombobox
      {...props}
      queryKey={[...trpc.users.list.queryKey({ limit: LIMIT }), deciding]}
      find={async (text, signal) => {
        const search = text === '' ? {} : { search: text };
        const pages = await Promise.all(
          deciding.map((role) => client.users.list.query({ ...search, role, limit: LIMIT }, { signal })),
        );
        const people = new Map(pages.flatMap(({ items }) => items).map((person) => [person.id, person]));
        return [...people.values()].filter(canDecide);
      }}
      textOf={({ name }) => name}
      detailOf={({ email }) => email}
    />
  );
}

function canDecide({ status }: User): boolean {
  return status === 'ACTIVE' || status === 'PENDING';
}
