import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import type { FindingCode } from './finding-codes.ts';

export interface WarningKindsProps {
  readonly configVersionId: string;
  readonly count: number;
}

/** What there is to acknowledge, before it is: each kind of warning, how many of it, and what to do about it. */
export function WarningKinds({ configVersionId, count }: WarningKindsProps) {
  const t = useTranslations('configVersion.activate');
  const tFindings = useTranslations('configFindings');
  const { trpc } = useWorkspace();
  const { data, error } = useQuery(trpc.configVersions.findingCounts.queryOptions({ configVersionId }));
  const kinds = new Map<FindingCode, number>();
  for (const group of data?.groups ?? []) {
    if (group.severity === 'WARNING') kinds.set(group.code, (kinds.get(group.code) ?? 0) + group.count);
  }
  return (
    <section className="rounded-md bg-warn-soft p-3 text-sm">
      <p className="mb-2 font-semibold">{t('warnings', { count })}</p>
      {error !== null && <ErrorNote error={error} />}
      <ul className="flex flex-col gap-2">
        {[...kinds].map(([code, sum]) => (
          <li key={code}>
            <span className="font-mono">{tFindings('counted', { name: code, count: sum })}</span>
            <br />
            {tFindings(`advice.${code}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}
