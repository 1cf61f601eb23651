import type { Site } from '@apms/validators';
import { useWorkspace } from '../../session/use-workspace.ts';
import { SearchCombobox } from '../../ui/search-combobox.tsx';

export interface SiteFieldProps {
  readonly label: string;
  readonly error?: string | undefined;
  readonly value: Site | null;
  readonly onSelect: (site: Site | null) => void;
}

const LIMIT = 20;

/** One of the sites, found by part of its code or name. */
export function SiteField(props: SiteFieldProps) {
  const { client, trpc } = useWorkspace();
  return (
    <SearchCombobox
      {...props}
      queryKey={trpc.sites.list.queryKey({ limit: LIMIT })}
      find={async (text, signal) => {
        const search = text === '' ? {} : { search: text };
        return (await client.sites.list.query({ ...search, limit: LIMIT }, { signal })).items;
      }}
      textOf={({ siteCode }) => siteCode}
      detailOf={({ name, region, clusterCode }) =>
        [name, region, clusterCode].filter((part) => part !== null).join(' · ')
      }
    />
  );
}
