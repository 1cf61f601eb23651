import type { ConfigRow } from '@apms/validators';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Copyable } from '../../ui/copyable.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { useValueText } from '../../ui/use-value-text.ts';
import { cellReference } from './cell-reference.ts';
import { fieldsOf, useRowText } from './use-row-text.ts';

const HIDDEN = ['id', 'kind', 'sourceSheet', 'sourceRow', 'sourceColumn'];

export interface RowDialogProps {
  readonly row: ConfigRow;
  readonly onClose: () => void;
  /** What can be done with the row. */
  readonly children?: ReactNode;
}

/** Everything that a row of a version says. */
export function RowDialog({ row, onClose, children }: RowDialogProps) {
  const t = useTranslations();
  const text = useRowText();
  const valueText = useValueText();
  const [place, hasPlace] = placeOf(row);
  return (
    <Dialog isOpen onClose={onClose} size="large" title={valueText('ConfigRowKind', row.kind)}>
      <Facts>
        {fieldsOf(row)
          .filter(([field]) => !HIDDEN.includes(field))
          .map(([field, value]) => (
            <Fact key={field} name={text.name(field)}>
              {text.value(field, value)}
            </Fact>
          ))}
        {hasPlace && (
          <Fact name={t('configRows.cell')}>
            {place === null ? (
              t('configRows.byHand')
            ) : (
              <Copyable text={place} label={t('configFindings.dialog.copy', { place })} />
            )}
          </Fact>
        )}
      </Facts>
      {children}
    </Dialog>
  );
}

/** Where the row came from, and whether rows of its kind say so at all. */
function placeOf(row: ConfigRow): readonly [place: string | null, hasPlace: boolean] {
  if (row.kind !== 'clusters' && row.kind !== 'approvers') return [null, false];
  const column = row.kind === 'approvers' ? row.sourceColumn : null;
  return [cellReference({ sheet: row.sourceSheet, row: row.sourceRow, column }), true];
}
