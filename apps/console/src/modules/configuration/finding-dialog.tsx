import type { ConfigFinding } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { Copyable } from '../../ui/copyable.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { cellReference } from './cell-reference.ts';
import { RowsFromPlace } from './rows-from-place.tsx';

export interface FindingDialogProps {
  readonly configVersionId: string;
  readonly finding: ConfigFinding;
  readonly onClose: () => void;
}

/** One finding: where it is, what to do about it, and what became of the row. */
export function FindingDialog({ configVersionId, finding, onClose }: FindingDialogProps) {
  const t = useTranslations('configFindings');
  const place = cellReference(finding);
  const { sheet, row, column, value } = finding;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="large"
      title={<span className="font-mono text-base break-all">{finding.code}</span>}
      description={finding.reason}
    >
      <div className="flex flex-col gap-5">
        <div className="flex flex-wrap items-center gap-3">
          <ValueBadge set="FindingSeverity" value={finding.severity} />
          {place !== null && <Copyable text={place} label={t('dialog.copy', { place })} />}
        </div>
        {sheet !== null && (
          <Facts>
            <Fact name={t('dialog.sheet')}>{sheet}</Fact>
            {row !== null && <Fact name={t('dialog.row')}>{row}</Fact>}
            {column !== null && <Fact name={t('dialog.column')}>{column}</Fact>}
          </Facts>
        )}
        {value !== null && (
          <Facts>
            <Fact name={t('dialog.value')}>
              <span className="whitespace-pre-wrap">{value}</span>
            </Fact>
          </Facts>
        )}
        <section>
          <h3 className="font-semibold">{t('dialog.todo')}</h3>
          <p>{t(`advice.${finding.code}`)}</p>
        </section>
        {sheet !== null && row !== null && (
          <RowsFromPlace configVersionId={configVersionId} sheet={sheet} row={row} />
        )}
      </div>
    </Dialog>
  );
}
