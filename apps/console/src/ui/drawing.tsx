import { ChartColumn, Table2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import { SmallTable, type SmallTableProps } from './small-table.tsx';

export interface DrawingProps extends Omit<SmallTableProps, 'isCaptionShown'> {
  /** What is drawn; the table has the same figures. */
  readonly children: ReactNode;
}

/** A chart, and at a touch the table of the same figures in its place. */
export function Drawing({ children, ...table }: DrawingProps) {
  const t = useTranslations('common.drawing');
  const [isTable, setIsTable] = useState(false);
  return (
    <figure className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <figcaption className="min-w-0 flex-1 basis-52 text-sm text-quiet">{table.caption}</figcaption>
        <Button
          look="ghost"
          icon={
            isTable ? (
              <ChartColumn aria-hidden className="size-4" />
            ) : (
              <Table2 aria-hidden className="size-4" />
            )
          }
          onClick={() => setIsTable(!isTable)}
        >
          {t(isTable ? 'asChart' : 'asTable')}
        </Button>
      </div>
      {isTable ? <SmallTable {...table} /> : children}
    </figure>
  );
}
