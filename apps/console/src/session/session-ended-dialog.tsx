import { useTranslations } from 'use-intl';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { answerSignIn } from './ask-to-sign-in.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Over the page when the session has ended: who signs in again goes on where they were. */
export function SessionEndedDialog({ email }: { readonly email: string }) {
  const t = useTranslations('session');
  return (
    <Dialog
      isOpen
      isBinding
      onClose={() => answerSignIn(false)}
      title={t('expired.title')}
      description={t('expired.text')}
    >
      <SignInForm email={email} onSignedIn={() => answerSignIn(true)} />
      <div className="mt-2 flex flex-col">
        <Button
          look="ghost"
          onClick={() => {
            answerSignIn(false);
            location.assign('/sign-in');
          }}
        >
          {t('expired.leave')}
        </Button>
      </div>
    </Dialog>
  );
}
