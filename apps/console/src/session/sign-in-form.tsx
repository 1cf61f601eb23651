import { requestPasswordReset, type SignInOutcome, signInWithCookie } from '@apms/client';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';

export interface SignInFormProps {
  /** Of whom it is known who they are: only their password is asked for. */
  readonly email?: string;
  readonly onSignedIn: () => void;
}

type Failure = Exclude<SignInOutcome, { kind: 'signedIn' }>;

/** Asks for e-mail address and password; the browser itself checks that both are there. */
export function SignInForm({ email: knownEmail, onSignedIn }: SignInFormProps) {
  const t = useTranslations('session');
  const [email, setEmail] = useState(knownEmail ?? '');
  const [password, setPassword] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [hint, setHint] = useState<string | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setIsBusy(true);
    setHint(null);
    const outcome = await signInWithCookie(location.origin, { email, password });
    setIsBusy(false);
    if (outcome.kind === 'signedIn') onSignedIn();
    else setFailure(outcome);
  }

  async function forget(): Promise<void> {
    setFailure(null);
    if (email === '') {
      setHint(t('forgotHint'));
      return;
    }
    const outcome = await requestPasswordReset(location.origin, email);
    if (outcome.kind === 'requested') setHint(t('forgotSent', { email }));
    else if (outcome.kind === 'emailInvalid') setHint(t('forgotHint'));
    else setFailure(outcome);
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <Field label={t('email')}>
        <input
          type="email"
          name="email"
          autoComplete="username"
          required
          readOnly={knownEmail !== undefined}
          autoFocus={knownEmail === undefined}
          value={email}
          onChange={({ target }) => setEmail(target.value)}
        />
      </Field>
      <Field label={t('password')}>
        <input
          type="password"
          name="password"
          autoComplete="current-password"
          required
          autoFocus={knownEmail !== undefined}
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
      </Field>
      {failure !== null && (
        <p role="alert" className="rounded-md bg-bad-soft p-3 text-sm">
          <FailureText failure={failure} />
        </p>
      )}
      {hint !== null && (
        <p role="status" className="rounded-md bg-info-soft p-3 text-sm">
          {hint}
        </p>
      )}
      <Button type="submit" look="primary" isBusy={isBusy}>
        {isBusy ? t('signingIn') : t('signIn')}
      </Button>
      <Button look="ghost" onClick={() => void forget()}>
        {t('forgot')}
      </Button>
    </form>
  );
}

function FailureText({ failure }: { readonly failure: Failure }) {
  const t = useTranslations();
  switch (failure.kind) {
    case 'wrongPassword':
      return t('session.wrongPassword');
    case 'accountNotActive':
      return t('session.notActive');
    case 'tooManyAttempts':
      return failure.waitSeconds === null
        ? t('session.tooManyForNow')
        : t('session.tooMany', { seconds: failure.waitSeconds });
    case 'originRefused':
      return t('session.originRefused');
    case 'unreachable':
      return t('common.error.unreachable');
    case 'refused':
      return t('session.refused', { code: failure.code ?? String(failure.httpStatus) });
  }
}
