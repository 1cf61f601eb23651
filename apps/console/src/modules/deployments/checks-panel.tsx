import type { DeploymentReport } from '@apms/validators';
import { useFormatter, useTranslations } from 'use-intl';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SmallTable } from '../../ui/small-table.tsx';
import { useDuration } from '../../ui/use-duration.ts';
import { useValueText } from '../../ui/use-value-text.ts';

type Check = DeploymentReport['checks'][number];

const PLACES = ['rehearsal', 'transaction', 'target'] as const satisfies readonly Check['where'][];

/** A check a row, with its result wherever it ran and the figures of where it ran last; the problems come first. */
export function ChecksPanel({ checks }: Pick<DeploymentReport, 'checks'>) {
  const t = useTranslations('deployments');
  if (checks.length === 0) return null;
  const places = PLACES.filter((place) => checks.some(({ where }) => where === place));
  const problems = checks.flatMap((check) =>
    check.problems.map((problem) => ({ ...problem, code: check.code, where: check.where })),
  );
  return (
    <Panel title={t('sections.checks')}>
      <div className="flex flex-col gap-3 text-sm">
        {problems.length > 0 && (
          <ul aria-label={t('checks.problems')} className="list-disc pl-5 break-words">
            {problems.map(({ code, where, message, count }) => (
              <li key={`${code} ${where} ${message}`}>
                {`${code}, ${t(`checks.places.${where}`)}: ${message}`}
                {count !== undefined && ` (${t('checks.more', { count })})`}
              </li>
            ))}
          </ul>
        )}
        <SmallTable
          caption={t('checks.caption')}
          columns={[
            { head: t('checks.check') },
            ...places.map((place) => ({ head: t(`checks.places.${place}`) })),
            { head: t('checks.figures') },
          ]}
          rows={[...Map.groupBy(checks, ({ code }) => code)].map(([code, runs]) => ({
            id: code,
            cells: [
              `${code} ${runs[0]?.title ?? ''}`,
              ...places.map((place) => (
                <Result key={place} check={runs.find(({ where }) => where === place)} />
              )),
              <Figures key="figures" check={runs.at(-1)} />,
            ],
          }))}
        />
        <p className="text-quiet">{t('checks.meaning')}</p>
      </div>
    </Panel>
  );
}

/** N checks inform; one that fails stops nobody. */
function toneOf({ code, status }: Check): Tone {
  if (status === 'passed') return 'good';
  return status === 'skipped' || code.startsWith('N') ? 'warn' : 'bad';
}

function Result({ check }: { readonly check: Check | undefined }) {
  const valueText = useValueText();
  const duration = useDuration();
  if (check === undefined) return null;
  return (
    <span className="whitespace-nowrap">
      <Badge tone={toneOf(check)}>{valueText('CheckStatus', check.status)}</Badge>{' '}
      {duration(check.durationMs)}
    </span>
  );
}

function Figures({ check }: { readonly check: Check | undefined }) {
  const formatter = useFormatter();
  if (check === undefined) return null;
  return (
    <span className="inline-block min-w-48">
      {Object.entries(check.figures)
        .map(
          ([name, value]) => `${words(name)} ${typeof value === 'number' ? formatter.number(value) : value}`,
        )
        .join(', ')}
    </span>
  );
}

/** `foreignKeys` as `foreign keys`. */
function words(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
