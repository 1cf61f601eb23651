import type { DeploymentReport } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { type Verdict, verdictOf } from './verdict-of.ts';

const looks = {
  good: 'border-good bg-good-soft',
  neutral: 'border-line bg-raised',
  warn: 'border-warn bg-warn-soft',
  bad: 'border-bad bg-bad-soft',
} as const satisfies Record<Verdict['tone'], string>;

/** How a deployment ended, where its target stands, and what to do next. */
export function VerdictBanner({ report }: { readonly report: DeploymentReport }) {
  const t = useTranslations('deployments.verdict');
  const { tone, sentence, next } = verdictOf(report, t);
  return (
    <div className={`rounded-lg border-l-4 p-4 ${looks[tone]}`}>
      <p className="mb-2">
        <ValueBadge set="DeploymentOutcome" value={report.outcome} />
      </p>
      <p className="font-medium break-words">{sentence}</p>
      <p className="mt-1 break-words">{t('next', { what: next })}</p>
    </div>
  );
}
