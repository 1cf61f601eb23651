import type { RemediationPreview, RemediationRefusal } from '@apms/validators';
import { Ban, Check } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Panel } from '../../ui/panel.tsx';

/** What can be done to the orphans of a key, and why something cannot. */
export function WaysPanel({
  preview,
}: {
  readonly preview: Omit<RemediationPreview, 'items' | 'nextCursor'>;
}) {
  const t = useTranslations('remediation');
  const { table, referencedTable: referenced, relinkRefusal, quarantineRefusal, parts } = preview;
  return (
    <Panel title={t('ways.title')}>
      <p className="mb-3 text-sm">{t('causeFirst')}</p>
      <ul className="grid gap-3 text-sm lg:grid-cols-2">
        <Way name={t('ways.relink')} refusal={relinkRefusal} text={t('ways.relinkText', { referenced })} />
        <Way
          name={t('ways.quarantine')}
          refusal={quarantineRefusal}
          text={[
            t('ways.quarantineText', { table }),
            ...(parts.length > 0 ? [t('ways.parts', { parts: parts.join(', ') })] : []),
          ].join(' ')}
        />
      </ul>
    </Panel>
  );
}

interface WayProps {
  readonly name: string;
  readonly refusal: RemediationRefusal | null;
  readonly text: string;
}

function Way({ name, refusal, text }: WayProps) {
  const t = useTranslations('remediation');
  const Icon = refusal === null ? Check : Ban;
  return (
    <li className="flex gap-2 rounded-md border border-line p-3">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${refusal === null ? 'text-good' : 'text-bad'}`} />
      <div className="min-w-0">
        <h3 className="font-medium">{name}</h3>
        <p className="text-quiet">
          {refusal === null ? text : t('ways.refused', { reason: t(`refusals.${refusal}`) })}
        </p>
      </div>
    </li>
  );
}
