import { changePassword, type PasswordChangeOutcome } from '@apms/client';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useToast } from '../../ui/use-toast.ts';

type Failure = Exclude<PasswordChangeOutcome, { kind: 'changed' }>;

const empty = { currentPassword: '', newPassword: '' };

/** Changes one's own password, which signs other devices out. */
export function PasswordPanel() {
  const t = useTranslations('account.password');
  const toast = useToast();
  const [passwords, setPasswords] = useState(empty);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setIsBusy(true);
    const outcome = await changePassword(location.origin, passwords);
    setIsBusy(false);
    if (outcome.kind === 'changed') {
      setPasswords(empty);
      setFailure(null);
      toast(t('changed'));
    } else setFailure(outcome);
  }

  const enter = (name: keyof typeof passwords) => ({
    type: 'password',
    required: true,
    value: passwords[name],
    onChange: ({ target }: { target: HTMLInputElement }) =>
      setPasswords({ ...passwords, [name]: target.value }),
  });

  return (
    <Panel title={t('title')}>
      <form className="flex max-w-lg flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <Field
          label={t('current')}
          error={failure?.kind === 'wrongPassword' ? t('failure.wrongPassword') : undefined}
        >
          <input autoComplete="current-password" {...enter('currentPassword')} />
        </Field>
        <Field label={t('next')} hint={t('hint')}>
          <input autoComplete="new-password" minLength={12} maxLength={128} {...enter('newPassword')} />
        </Field>
        {failure !== null && failure.kind !== 'wrongPassword' && (
          <p role="alert" className="rounded-md bg-bad-soft p-3 text-sm">
            {t(`failure.${failure.kind}`)}
          </p>
        )}
        <div>
          <Button type="submit" look="primary" isBusy={isBusy}>
            {t('change')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
