import {
  DecideStage,
  RoutingPreview,
  RoutingRequest,
  StageOutcome,
  StartWorkflow,
  Workflow,
} from '@apms/validators';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { decideStage } from './decide-stage.ts';
import { previewWorkflow } from './preview-workflow.ts';
import { startWorkflow } from './start-workflow.ts';

export const workflowsRouter = router({
  preview: permit('workflows.read')
    .meta(
      rest('GET', '/workflow-preview', 'Which chain would apply and who would approve, without starting it'),
    )
    .input(RoutingRequest)
    .output(RoutingPreview)
    .query(({ ctx, input }) => previewWorkflow(ctx, input)),

  start: permit('workflows.start')
    .meta(rest('POST', '/workflows', 'Start a workflow from the ACTIVE config version'))
    .input(StartWorkflow)
    .output(Workflow)
    .mutation(({ ctx, input }) => startWorkflow(ctx, input)),

  decide: permit('workflows.decide')
    .meta(rest('POST', '/workflow-stages/{stageId}/decide', 'Decide a stage that awaits you'))
    .input(DecideStage)
    .output(StageOutcome)
    .mutation(({ ctx, input }) => decideStage(ctx, input)),
});
