import type { Submission } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { SearchCombobox } from '../../ui/search-combobox.tsx';

export interface TargetFieldProps {
  readonly error: string | undefined;
  readonly value: Submission | null;
  readonly onSelect: (submission: Submission | null) => void;
}

const LIMIT = 20;

/** The submission that an override is for, found by part of its number or site code. */
export function TargetField(props: TargetFieldProps) {
  const t = useTranslations('overrides.form');
  const { client, trpc } = useWorkspace();
  return (
    <SearchCombobox
      {...props}
      label={t('submission')}
      queryKey={trpc.submissions.list.queryKey({ limit: LIMIT })}
      find={async (text, signal) => {
        const search = text === '' ? {} : { search: text };
        return (await client.submissions.list.query({ ...search, limit: LIMIT }, { signal })).items;
      }}
      textOf={({ submissionNumber }) => submissionNumber}
      detailOf={({ siteCode, scopeName }) => `${siteCode} · ${scopeName}`}
    />
  );
}
