import type { Cluster } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { SearchCombobox } from '../../ui/search-combobox.tsx';

export interface ClusterFieldProps {
  /** Undefined while there is none. */
  readonly configVersionId: string | undefined;
  readonly hint: string | undefined;
  readonly error: string | undefined;
  readonly value: Cluster | null;
  readonly onSelect: (cluster: Cluster | null) => void;
}

/** A cluster is in the list once for every scope that it has, and in the choices once. */
const LIMIT = 100;

/** The cluster that an override is for, found by part of its code or name. */
export function ClusterField({ configVersionId, hint, ...props }: ClusterFieldProps) {
  const t = useTranslations('overrides.form');
  const { client, trpc } = useWorkspace();
  return (
    <SearchCombobox
      {...props}
      {...(hint !== undefined && { hint })}
      label={t('cluster')}
      queryKey={[...trpc.clusters.pathKey(), 'codes', configVersionId]}
      find={async (text, signal) => {
        if (configVersionId === undefined) return [];
        const search = text === '' ? {} : { search: text };
        const input = { configVersionId, ...search, limit: LIMIT };
        const { items } = await client.clusters.list.query(input, { signal });
        return items.filter(({ clusterCode }, index) => clusterCode !== items[index - 1]?.clusterCode);
      }}
      textOf={({ clusterCode }) => clusterCode}
      detailOf={({ clusterName, region }) =>
        [clusterName, region].filter((part) => part !== null).join(' · ') || null
      }
    />
  );
}
