import {
  AtpCategory,
  Code,
  OrphanSeverity,
  UpdateWorkspaceSettings,
  type WorkspaceSettings,
} from '@apms/validators';
import type { useTranslations } from 'use-intl';
import { z } from 'zod';

/** Settings as they are entered: addresses by lines, scopes in an order. */
export type SettingsEntry = z.input<ReturnType<typeof settingsForm>>;

const { alertWebhookUrl } = UpdateWorkspaceSettings.shape;
const Email = z.email().max(320);
const MOST_HOURS = 8_760;
const MOST_ROWS = 1_000_000_000;

/** What may be entered, what is wrong in the reader's words; gives what the API takes. */
export function settingsForm(t: ReturnType<typeof useTranslations<'settings'>>) {
  const whole = (most: number) => {
    const error = t('number', { most });
    return z.int({ error }).min(1, { error }).max(most, { error });
  };
  const entry = z.object({
    stageSlaHours: whole(MOST_HOURS),
    finalStageSlaHours: whole(MOST_HOURS),
    orphanAlertSeverity: OrphanSeverity,
    orphanAlertMinimum: whole(MOST_ROWS),
    slaAlertMinimum: whole(MOST_ROWS),
    alertEmails: z.string().transform((text, { addIssue }) => {
      const lines = text.split('\n').map((line) => line.trim());
      const wrong = lines.findIndex((line) => line !== '' && !Email.safeParse(line).success);
      if (wrong !== -1) {
        addIssue({
          code: 'custom',
          message: t('alerts.emailWrong', { line: wrong + 1, text: lines[wrong] ?? '' }),
        });
      }
      return lines.filter((line) => line !== '');
    }),
    alertWebhookUrl: z
      .string()
      .trim()
      .transform((text) => (text === '' ? null : text))
      .refine((url) => alertWebhookUrl.safeParse(url).success, { error: t('alerts.webhookWrong') }),
    scopes: z.array(z.object({ code: Code, category: AtpCategory })).superRefine((scopes, { addIssue }) => {
      for (const [index, { code }] of scopes.entries()) {
        if (scopes.findIndex((other) => other.code === code) === index) continue;
        addIssue({ code: 'custom', path: [index, 'code'], message: t('scopes.twice') });
      }
    }),
  });
  return entry.transform(({ scopes, ...fields }) => ({
    ...fields,
    scopeCategories: Object.fromEntries(scopes.map(({ code, category }) => [code, category])),
  }));
}

/** The settings as they are edited. */
export function entryOf(settings: WorkspaceSettings): SettingsEntry {
  return {
    stageSlaHours: settings.stageSlaHours,
    finalStageSlaHours: settings.finalStageSlaHours,
    orphanAlertSeverity: settings.orphanAlertSeverity,
    orphanAlertMinimum: settings.orphanAlertMinimum,
    slaAlertMinimum: settings.slaAlertMinimum,
    alertEmails: settings.alertEmails.join('\n'),
    alertWebhookUrl: settings.alertWebhookUrl ?? '',
    scopes: Object.entries(settings.scopeCategories)
      .map(([code, category]) => ({ code, category }))
      .toSorted((a, b) => a.code.localeCompare(b.code)),
  };
}
