import { ArrowDown, ArrowUp, X } from 'lucide-react';
import type { MouseEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { isBackwards, type SeatPerson } from './seat-people.ts';

export interface SeatPersonItemProps {
  readonly person: SeatPerson;
  /** Their place in the seat; 0 is the primary. */
  readonly index: number;
  readonly onChange: (person: SeatPerson) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

/** Somebody in a seat: their place, their period, and the way out. */
export function SeatPersonItem({ person, index, onChange, onMove, onRemove }: SeatPersonItemProps) {
  const t = useTranslations('configSeat');
  const { name, email, effectiveFrom, effectiveTo } = person;
  function move({ currentTarget: button }: MouseEvent<HTMLButtonElement>, by: -1 | 1): void {
    onMove(by);
    // It keeps the focus, which an element loses when it is moved.
    requestAnimationFrame(() => button.focus());
  }
  return (
    <li className="flex flex-wrap items-start gap-3 rounded-md border border-line p-3">
      <div className="min-w-40 flex-1">
        <p className="text-sm text-quiet">{index === 0 ? t('primary') : t('backup', { number: index })}</p>
        <p className="font-medium break-words">{name}</p>
        <p className="text-sm break-all text-quiet">{email}</p>
      </div>
      <div className="w-36">
        <Field label={t('from')} isOptional>
          <input
            type="date"
            value={effectiveFrom}
            onChange={({ target }) => onChange({ ...person, effectiveFrom: target.value })}
          />
        </Field>
      </div>
      <div className="w-36">
        <Field label={t('until')} isOptional error={isBackwards(person) ? t('backwards') : undefined}>
          <input
            type="date"
            value={effectiveTo}
            onChange={({ target }) => onChange({ ...person, effectiveTo: target.value })}
          />
        </Field>
      </div>
      <div className="flex">
        <IconButton
          label={t('moveUp', { name })}
          icon={<ArrowUp aria-hidden className="size-4" />}
          onClick={(event) => move(event, -1)}
        />
        <IconButton
          label={t('moveDown', { name })}
          icon={<ArrowDown aria-hidden className="size-4" />}
          onClick={(event) => move(event, 1)}
        />
        <IconButton
          label={t('remove', { name })}
          icon={<X aria-hidden className="size-4" />}
          onClick={onRemove}
        />
      </div>
    </li>
  );
}
