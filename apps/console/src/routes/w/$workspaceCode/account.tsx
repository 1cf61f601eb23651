import { createFileRoute } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { PasswordPanel } from '../../../modules/account/password-panel.tsx';
import { ProfilePanel } from '../../../modules/account/profile-panel.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';

export const Route = createFileRoute('/w/$workspaceCode/account')({ component: AccountPage });

function AccountPage() {
  const t = useTranslations('account');
  return (
    <>
      <PageHeader title={t('title')} />
      <div className="flex flex-col gap-5">
        <ProfilePanel />
        <PasswordPanel />
      </div>
    </>
  );
}
