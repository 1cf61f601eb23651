import type { MembershipRole } from '@apms/validators';
import { type ReactNode, useId } from 'react';
import { useTranslations } from 'use-intl';
import { useValueText } from '../../ui/use-value-text.ts';

/** One login role with what it is there for, chosen by the checkbox that is given to it. */
export function RoleChoice({
  role,
  children,
}: {
  readonly role: MembershipRole;
  readonly children: (props: { id: string; className: string; 'aria-describedby': string }) => ReactNode;
}) {
  const t = useTranslations('people');
  const valueText = useValueText();
  const id = useId();
  return (
    <div className="flex gap-3 py-1.5">
      {children({
        id,
        className: 'mt-0.5 size-5 shrink-0 accent-accent',
        'aria-describedby': `${id}-about`,
      })}
      <div className="min-w-0">
        <label htmlFor={id} className="font-medium">
          {valueText('MembershipRole', role)}
        </label>
        <p id={`${id}-about`} className="text-sm text-quiet">
          {t(`roleAbout.${role}`)}
        </p>
      </div>
    </div>
  );
}
