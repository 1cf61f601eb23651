import type { ConfigRow } from '@apms/validators';
import { useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import type { Seat } from './seat.ts';

export interface SeatButtonsProps {
  readonly configVersionId: string;
  readonly row: ConfigRow;
  readonly onChoose: (seat: Seat) => void;
}

/** From a row of a DRAFT to the seats that can be changed there: that of an approver, or any of a cluster. */
export function SeatButtons({ configVersionId, row, onChoose }: SeatButtonsProps) {
  const t = useTranslations('configSeat');
  if (row.kind === 'clusters') {
    return <SeatsOfCluster configVersionId={configVersionId} row={row} onChoose={onChoose} />;
  }
  if (row.kind !== 'approvers') return null;
  return (
    <div className="mt-5">
      <Button icon={<Users aria-hidden className="size-4" />} onClick={() => onChoose(row)}>
        {t('change')}
      </Button>
    </div>
  );
}

function SeatsOfCluster(props: {
  readonly configVersionId: string;
  readonly row: Extract<ConfigRow, { kind: 'clusters' }>;
  readonly onChoose: (seat: Seat) => void;
}) {
  const { configVersionId, row, onChoose } = props;
  const t = useTranslations('configSeat');
  const { trpc } = useWorkspace();
  const { data, error } = useQuery(trpc.approvalRoles.list.queryOptions({ configVersionId, limit: 200 }));
  if (error !== null) return <ErrorNote error={error} />;
  return (
    <section className="mt-5">
      <h3 className="mb-2 font-semibold">{t('choose')}</h3>
      <div className="flex flex-wrap gap-2">
        {data?.items.map(({ roleCode, roleName }) => (
          <Button key={roleCode} onClick={() => onChoose({ ...row, roleCode })}>
            {roleName}
          </Button>
        ))}
      </div>
    </section>
  );
}
