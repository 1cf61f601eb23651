import type { IntegrityFinding } from '@apms/validators';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useFormatter, useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Panel } from '../../ui/panel.tsx';
import { SmallTable } from '../../ui/small-table.tsx';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { ValueBadge } from '../../ui/value-badge.tsx';

/** What an audit found, foreign key by foreign key, and the way to mend it. */
export function FindingsPanel({ auditId }: { readonly auditId: string }) {
  const t = useTranslations('integrity.findings');
  const { trpc, can } = useWorkspace();
  const { data } = useSuspenseQuery(trpc.integrityAudits.orphans.queryOptions({ auditId }));
  const { audit, findings, skipped } = data;
  const mayMend = can('integrity.remediate');
  const columns = [
    { head: t('columns.key') },
    { head: t('columns.severity') },
    { head: t('columns.count'), align: 'right' },
    { head: t('columns.samples') },
  ] as const;
  return (
    <Panel title={t('title')}>
      <div className="flex flex-col gap-3 text-sm">
        {findings.length > 0 && (
          <>
            <SmallTable
              caption={t('caption')}
              columns={columns}
              rows={findings.map((finding) => ({
                id: finding.constraintName,
                cells: [
                  <div key="key">
                    <span className="font-medium">{finding.table}</span>
                    <br />
                    <code className="text-xs text-quiet">{finding.constraintName}</code>
                    <br />
                    {mayMend && <Mend auditId={auditId} finding={finding} />}
                  </div>,
                  <ValueBadge key="severity" set="OrphanSeverity" value={finding.severity} />,
                  <Count key="count" value={finding.count} />,
                  <Samples key="samples" ids={finding.sampleIds} />,
                ],
              }))}
            />
            <p className="text-quiet">{t('counts')}</p>
          </>
        )}
        <p>
          {findings.length > 0
            ? t('others', { count: audit.checksTotal - audit.checksFailed })
            : t('none', { count: audit.checksTotal })}
        </p>
        {skipped.length > 0 && (
          <div className="rounded-md bg-warn-soft p-3">
            <p>{t('skipped', { count: skipped.length })}</p>
            <ul className="mt-1 list-disc pl-5 font-mono text-xs break-all">
              {skipped.map(({ constraintName, table }) => (
                <li key={constraintName}>{`${table}: ${constraintName}`}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Panel>
  );
}

function Count({ value }: { readonly value: number }) {
  return useFormatter().number(value);
}

function Samples({ ids }: { readonly ids: readonly string[] }) {
  const t = useTranslations('integrity.findings');
  if (ids.length === 0) return <p className="min-w-52 text-quiet">{t('noSamples')}</p>;
  return (
    <ul className="min-w-72 font-mono text-xs">
      {ids.map((id) => (
        <li key={id}>{id}</li>
      ))}
    </ul>
  );
}

function Mend({ auditId, finding }: { readonly auditId: string; readonly finding: IntegrityFinding }) {
  const t = useTranslations('integrity.findings');
  const { workspace } = useWorkspace();
  const { constraintName } = finding;
  return (
    <Link
      to="/w/$workspaceCode/integrity/$auditId/$constraintName"
      params={{ workspaceCode: workspace.code, auditId, constraintName }}
      aria-label={t('remedyOf', { key: constraintName })}
      className={textLinkLook}
    >
      {t('remedy')}
    </Link>
  );
}
