import type { MembershipRole } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { Badge } from '../../ui/badge.tsx';
import { useValueText } from '../../ui/use-value-text.ts';

/** What somebody is in the workspace. */
export function RoleBadges({ roles }: { readonly roles: readonly MembershipRole[] }) {
  const t = useTranslations('people');
  const valueText = useValueText();
  if (roles.length === 0) return <span className="text-quiet">{t('noRoles')}</span>;
  return (
    <span className="flex flex-wrap gap-1">
      {roles.map((role) => (
        <Badge key={role} tone={role === 'ADMIN' ? 'info' : 'neutral'}>
          {valueText('MembershipRole', role)}
        </Badge>
      ))}
    </span>
  );
}
