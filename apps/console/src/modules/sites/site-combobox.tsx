import type { Site } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { SearchCombobox } from '../../ui/search-combobox.tsx';

export interface SiteComboboxProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly value: Site | null;
  readonly onSelect: (site: Site | null) => void;
}

const LIMIT = 20;

/** One of the workspace's sites, found by its code or name. */
export function SiteCombobox(props: SiteComboboxProps) {
  const t = useTranslations('sites');
  const { client, trpc } = useWorkspace();
  return (
    <SearchCombobox
      {...props}
      queryKey={trpc.sites.list.queryKey({ limit: LIMIT })}
      find={async (text, signal) => {
        const search = text === '' ? {} : { search: text };
        const { items } = await client.sites.list.query({ ...search, limit: LIMIT }, { signal });
        return items;
      }}
      textOf={({ siteCode }) => siteCode}
      detailOf={({ name, clusterCode }) => `${name} · ${clusterCode ?? t('noCluster')}`}
    />
  );
}
