import { isAppError } from '@apms/client';
import type { StageDecision, StageOutcome } from '@apms/validators';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { type SyntheticEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { dropDraft, keepDraft, readDraft } from '../../session/drafts.ts';
import { useWorkspace } from '../../session/use-workspace.ts';
import { useToast } from '../../ui/use-toast.ts';
import type { DecidableStage } from './decidable-stage.ts';
import { CompleteDecision, DecisionDraft } from './decision-form.ts';
import { type DecisionFault, findDecisionFault } from './find-decision-fault.ts';
import { useStageStanding } from './use-stage-standing.ts';

export interface DecisionOptions {
  readonly stage: DecidableStage;
  readonly decision: StageDecision;
  readonly onDecided: (outcome: StageOutcome) => void;
}

/** The form of a decision: its draft, its rules, and what becomes of it. */
export function useDecision({ stage, decision, onDecided }: DecisionOptions) {
  const { stageId, siteCode } = stage;
  const t = useTranslations('inbox.decide');
  const toast = useToast();
  const { me, client, queryClient, trpc } = useWorkspace();
  const standing = useStageStanding(stageId);
  const draftKey = `decision.${me.id}.${stageId}`;
  const [defaultValues] = useState(() => firstValues(draftKey, decision));
  const form = useForm<DecisionDraft, unknown, CompleteDecision>({
    resolver: zodResolver(CompleteDecision),
    defaultValues,
  });
  const { control } = form;
  const chosen = useWatch({ control, name: 'decision' });
  const documents = useWatch({ control, name: 'documents' });
  const [fault, setFault] = useState<DecisionFault | null>(null);
  const [uploads, setUploads] = useState(0);
  const onSending = useCallback((change: 1 | -1) => setUploads((count) => count + change), []);
  const isDecided = useRef(false);

  useEffect(() => {
    const unsubscribe = form.subscribe({
      formState: { values: true },
      callback: ({ values }) => {
        setFault(null);
        if (!isDecided.current) keepDraft(draftKey, values);
      },
    });
    return unsubscribe;
  }, [form, draftKey]);

  // The same decision sent again, after no answer came, is the same to the API: it happens once.
  const sent = useRef({ text: '', key: '' });
  const decide = useMutation({
    mutationFn: (complete: CompleteDecision) => {
      const text = JSON.stringify(complete);
      if (sent.current.text !== text) sent.current = { text, key: crypto.randomUUID() };
      return client.workflows.decide.mutate(
        { stageId, ...complete },
        { context: { idempotencyKey: sent.current.key } },
      );
    },
    onSuccess: (outcome) => {
      isDecided.current = true;
      dropDraft(draftKey);
      toast(t(`decided.${chosen}`, { siteCode }));
      onDecided(outcome);
      void queryClient.invalidateQueries(trpc.workflows.pathFilter());
    },
    onError: (error) => {
      // What happened meanwhile is said of the stage as it is now.
      const isOutdated = (['STAGE_NOT_PENDING', 'STAGE_NOT_YOURS', 'TRANSITION_ILLEGAL'] as const).some(
        (code) => isAppError(error, code),
      );
      if (isOutdated) void queryClient.invalidateQueries(trpc.workflows.pathFilter());
    },
  });

  const submit = (event: SyntheticEvent) =>
    void form.handleSubmit((complete) => {
      const found = findDecisionFault(complete.decision, complete.items);
      setFault(found);
      if (found === null && standing.kind === 'mine' && uploads === 0 && !decide.isPending)
        decide.mutate(complete);
    })(event);

  return {
    form,
    chosen,
    documents,
    fault,
    decide,
    standing,
    submit,
    isUploading: uploads > 0,
    onSending,
    written: () => textOf(form.getValues()),
  };
}

function firstValues(draftKey: string, decision: StageDecision): DecisionDraft {
  const draft = DecisionDraft.safeParse(readDraft(draftKey));
  // A key on the list says which decision is meant now; what was written is kept.
  if (draft.success) return { ...draft.data, decision };
  return { decision, comment: '', documents: [], items: [] };
}

/** Everything that was written, to be put elsewhere. */
function textOf({ comment, items }: DecisionDraft): string {
  const defects = items.map(({ itemCode, severity, description }) =>
    [itemCode, severity, description].filter((part) => part !== '').join(' · '),
  );
  return [comment, ...defects].filter((part) => part !== '').join('\n');
}
