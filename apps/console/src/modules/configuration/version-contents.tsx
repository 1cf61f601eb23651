import type { ConfigVersionDetails } from '@apms/validators';
import { Link } from '@tanstack/react-router';
import { useFormatter, useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Panel } from '../../ui/panel.tsx';
import { useValueOptions } from '../../ui/use-value-text.ts';

/** How many rows a version holds of each kind, each figure the way to them. */
export function VersionContents({ version }: { readonly version: ConfigVersionDetails }) {
  const t = useTranslations('configVersion');
  const formatter = useFormatter();
  const { workspace } = useWorkspace();
  const kinds = useValueOptions('ConfigRowKind');
  return (
    <Panel title={t('contents')}>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(6.5rem,1fr))] gap-2">
        {kinds.map(({ value: kind, label }) => (
          <li key={kind}>
            <Link
              to="/w/$workspaceCode/configuration/$configVersionId"
              params={{ workspaceCode: workspace.code, configVersionId: version.id }}
              search={{ tab: 'rows', kind }}
              className="block rounded-md border border-line p-2.5 hover:bg-raised"
            >
              <span className="block text-xl font-semibold tabular-nums">
                {formatter.number(version.counts[kind])}
              </span>
              <span className="text-sm text-quiet">{label}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
