import type { PunchlistItem, PunchlistStatus } from '@apms/validators';
import { useLocation } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Time } from '../../ui/time.tsx';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { ItemEvidence } from './item-evidence.tsx';
import { type AskedOfItem, offersOfItem } from './item-offers.ts';

export interface ItemCardProps {
  readonly item: PunchlistItem;
  readonly listStatus: PunchlistStatus;
  readonly onAsk: (asked: AskedOfItem) => void;
}

/** A defect: what it is, how far its mending is, and what its reader may do. */
export function ItemCard({ item, listStatus, onAsk }: ItemCardProps) {
  const t = useTranslations('punchlists');
  const { can, me } = useWorkspace();
  const isMeant = useLocation({ select: ({ hash }) => hash === item.id });
  const titleId = `${item.id}-title`;
  return (
    <li
      id={item.id}
      className={`scroll-mt-20 rounded-lg border bg-surface p-4 ${isMeant ? 'border-accent' : 'border-line'}`}
    >
      <article aria-labelledby={titleId}>
        <header className="mb-3 flex flex-wrap items-center gap-2">
          <h2 id={titleId} className="min-w-0 flex-1 basis-60 font-semibold break-words">
            {item.itemCode} · {item.description}
          </h2>
          <ValueBadge set="PunchlistItemSeverity" value={item.severity} />
          <ValueBadge set="PunchlistItemStatus" value={item.status} />
        </header>
        <Facts>
          <Fact name={t('fields.raisedBy')}>{item.raisedByName}</Fact>
          <Fact name={t('fields.raised')}>
            <Time value={item.createdAt} />
          </Fact>
          {item.rectifiedAt !== null && (
            <Fact name={t('fields.rectified')}>
              <Time value={item.rectifiedAt} />
            </Fact>
          )}
          {item.validatedAt !== null && (
            <Fact name={t('fields.validated')}>
              <Time value={item.validatedAt} />
            </Fact>
          )}
          {item.closedAt !== null && (
            <Fact name={t('fields.closed')}>
              <Time value={item.closedAt} />
            </Fact>
          )}
          {item.evidenceDocumentId !== null && (
            <Fact name={t('fields.evidence')}>
              <ItemEvidence documentId={item.evidenceDocumentId} />
            </Fact>
          )}
        </Facts>
        {item.comment !== null && (
          <blockquote className="mt-3 border-l-2 border-line pl-3 break-words whitespace-pre-line">
            {item.comment}
          </blockquote>
        )}
        <div className="mt-3 flex flex-wrap gap-2">
          {offersOfItem(item, listStatus, { id: me.id, can }).map((action) => (
            <Button
              key={action}
              look={action === 'reopen' ? 'secondary' : 'primary'}
              aria-label={t(`actions.${action}.of`, { code: item.itemCode })}
              onClick={() => onAsk({ item, action })}
            >
              {t(`actions.${action}.label`)}
            </Button>
          ))}
        </div>
      </article>
    </li>
  );
}
