import type { WorkflowTimeline } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { Time } from '../../ui/time.tsx';
import { CoverSection } from './cover-section.tsx';
import { CoverStage } from './cover-stage.tsx';

/** Every review: under which configuration, and who decided in which seat. */
export function CoverApprovals({ reviews }: { readonly reviews: readonly WorkflowTimeline[] }) {
  const t = useTranslations('coverPage');
  const tSubmissions = useTranslations('submissions');
  return (
    <CoverSection title={t('approvals')}>
      {reviews.length === 0 && <p>{tSubmissions('noReviews')}</p>}
      {reviews.map((review, index) => (
        <div key={review.id} className="mb-4 last:mb-0">
          <h3 className="font-semibold break-after-avoid">
            {tSubmissions('review', { number: index + 1 })}, <Time value={review.startedAt} />
          </h3>
          <p className="mb-2 text-xs">
            {t('configuration', {
              version: review.configVersion.versionNumber,
              file: review.configVersion.sourceFileName,
              policy: review.policyCode,
            })}{' '}
            {t('sha256')} <span className="font-mono break-all">{review.configVersion.sourceChecksum}</span>
          </p>
          <ul className="grid grid-cols-1 gap-2 sm:grid-cols-2 print:grid-cols-2">
            {review.stages.map((stage) => (
              <CoverStage key={stage.id} stage={stage} />
            ))}
          </ul>
        </div>
      ))}
    </CoverSection>
  );
}
