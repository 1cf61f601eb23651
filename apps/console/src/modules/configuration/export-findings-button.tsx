import type { ConfigVersion } from '@apms/validators';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { saveBlob } from '../documents/save-blob.ts';
import { exportFindings } from './export-findings.ts';
import type { FindingFilters } from './findings-query.ts';

export interface ExportFindingsButtonProps {
  readonly version: Pick<ConfigVersion, 'id' | 'versionNumber'>;
  readonly filters: FindingFilters;
  /** How many fit the filters. */
  readonly total: number;
}

/** Saves what the filters leave of the findings, all pages of it. */
export function ExportFindingsButton({ version, filters, total }: ExportFindingsButtonProps) {
  const t = useTranslations('configFindings');
  const tCommon = useTranslations('common');
  const { client } = useWorkspace();
  const [done, setDone] = useState(0);
  const abort = useRef(new AbortController());
  useEffect(() => () => abort.current.abort(), []);
  const save = useMutation({
    mutationFn: async () => {
      setDone(0);
      abort.current = new AbortController();
      const { signal } = abort.current;
      try {
        const order = { client, configVersionId: version.id, filters, signal, onRead: setDone };
        saveBlob(await exportFindings(order), `findings-v${version.versionNumber}.csv`);
      } catch (error) {
        // What was cancelled is no failure.
        if (!signal.aborted) throw error;
      }
    },
  });
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button
        icon={<Download aria-hidden className="size-4" />}
        isBusy={save.isPending}
        disabled={total === 0}
        onClick={() => save.mutate()}
      >
        {t('export')}
      </Button>
      {save.isPending && (
        <>
          <div className="w-64 max-w-full">
            <ProgressBar
              label={t('exporting')}
              value={done}
              max={Math.max(total, 1)}
              text={t('exported', { done, total })}
            />
          </div>
          <Button look="ghost" onClick={() => abort.current.abort()}>
            {tCommon('cancel')}
          </Button>
        </>
      )}
      {save.isError && <ErrorNote error={save.error} />}
    </div>
  );
}
