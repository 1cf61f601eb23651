import { Plus, Trash2 } from 'lucide-react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useValueOptions } from '../../ui/use-value-text.ts';
import type { SettingsEntry } from './settings-form.ts';

/** Which category a scope is of, where an imported workbook does not say. */
export function ScopesPanel() {
  const t = useTranslations('settings.scopes');
  const categories = useValueOptions('AtpCategory');
  const { control, register, formState, getValues } = useFormContext<SettingsEntry>();
  const { fields, append, remove } = useFieldArray({ control, name: 'scopes' });
  const { errors } = formState;
  return (
    <Panel title={t('title')}>
      <p className="mb-3 text-sm text-quiet">{t('text')}</p>
      {fields.length === 0 && <p className="mb-3">{t('none')}</p>}
      <ul className="flex max-w-3xl flex-col gap-3">
        {fields.map((field, index) => {
          const code = getValues(`scopes.${index}.code`);
          return (
            <li key={field.id} className="flex items-end gap-2">
              <div className="grid min-w-0 flex-1 gap-3 sm:grid-cols-2">
                <Field
                  label={t('code')}
                  error={
                    errors.scopes?.[index]?.code &&
                    (code.trim() === '' ? t('missing') : errors.scopes[index].code.message)
                  }
                >
                  <input autoComplete="off" {...register(`scopes.${index}.code`)} />
                </Field>
                <Field label={t('category')}>
                  <select {...register(`scopes.${index}.category`)}>
                    {categories.map(({ value, label }) => (
                      <option key={value} value={value}>
                        {label}
                      </option>
                    ))}
                  </select>
                </Field>
              </div>
              <IconButton
                label={code.trim() === '' ? t('removeEmpty') : t('remove', { code })}
                icon={<Trash2 aria-hidden className="size-4" />}
                onClick={() => remove(index)}
              />
            </li>
          );
        })}
      </ul>
      <div className="mt-3">
        <Button
          icon={<Plus aria-hidden className="size-4" />}
          onClick={() => append({ code: '', category: 'BOTH' })}
        >
          {t('add')}
        </Button>
      </div>
    </Panel>
  );
}
