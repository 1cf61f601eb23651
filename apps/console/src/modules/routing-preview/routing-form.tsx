import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { valuesOf } from '../../messages/values-of.ts';
import { useWorkspace } from '../../session/use-workspace.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Field } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useValueOptions } from '../../ui/use-value-text.ts';
import { SiteCombobox } from '../sites/site-combobox.tsx';
import { type RoutingSearch, scopesQuery, vendorsQuery } from './routing-queries.ts';

export interface RoutingFormProps {
  readonly configVersionId: string;
  readonly search: RoutingSearch;
  readonly onSearch: (changed: RoutingSearch) => void;
}

/** Which work it is about. Each choice is answered at once. */
export function RoutingForm({ configVersionId, search, onSearch }: RoutingFormProps) {
  const t = useTranslations('routingPreview');
  const api = useWorkspace();
  const { data: scopes } = useSuspenseQuery(scopesQuery(api, configVersionId));
  const { data: vendors } = useSuspenseQuery(vendorsQuery(api, configVersionId));
  const categories = useValueOptions('AtpCategory');
  const site = useChosenSite(search.site);
  return (
    <Panel title={t('form')}>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <SiteCombobox
          label={t('site')}
          hint={t('siteHint')}
          value={site.data ?? null}
          onSelect={(chosen) => onSearch({ site: chosen?.id })}
        />
        <Field label={t('scope')}>
          <select
            value={search.scope ?? ''}
            onChange={({ target }) => {
              const scope = scopes.items.find(({ scopeCode }) => scopeCode === target.value);
              // The usual category of its work, until another one is chosen.
              onSearch({ scope: scope?.scopeCode, category: scope?.atpCategory });
            }}
          >
            <option value="">{t('choose')}</option>
            {scopes.items.map(({ id, scopeCode, scopeName }) => (
              <option key={id} value={scopeCode}>
                {scopeName}
              </option>
            ))}
          </select>
        </Field>
        <Field label={t('vendor')}>
          <select
            value={search.vendor ?? ''}
            onChange={({ target }) => onSearch({ vendor: target.value || undefined })}
          >
            <option value="">{t('noVendor')}</option>
            {vendors.items.map(({ id, vendorCode, vendorName }) => (
              <option key={id} value={vendorCode}>
                {vendorName}
              </option>
            ))}
          </select>
        </Field>
        <Field label={t('category')}>
          <select
            value={search.category ?? ''}
            onChange={({ target }) =>
              onSearch({ category: valuesOf('AtpCategory').find((one) => one === target.value) })
            }
          >
            <option value="">{t('choose')}</option>
            {categories.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </Field>
      </div>
      {site.isError && (
        <div className="mt-3">
          <ErrorNote error={site.error} />
        </div>
      )}
    </Panel>
  );
}

/** The site that the address names. */
function useChosenSite(siteId: string | undefined) {
  const { trpc } = useWorkspace();
  return useQuery(trpc.sites.get.queryOptions({ siteId: siteId ?? '' }, { enabled: siteId !== undefined }));
}
