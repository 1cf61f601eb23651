import {
  CommentStage,
  DecideStage,
  InboxCodes,
  InboxPage,
  LastDecision,
  ListInbox,
  ListWorkflows,
  ManageWorkflow,
  ReassignStage,
  ResumeWorkflow,
  RoutingPreview,
  RoutingRequest,
  SkipStage,
  StageAction,
  StageOfWorkflow,
  StageOutcome,
  StageRef,
  StartWorkflow,
  Workflow,
  WorkflowPage,
  WorkflowRef,
  WorkflowState,
  WorkflowTimeline,
  workflowTransitions,
} from '@apms/validators';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { cancelWorkflow } from './cancel-workflow.ts';
import { commentStage } from './comment-stage.ts';
import { decideStage } from './decide-stage.ts';
import { getInboxCodes } from './get-inbox-codes.ts';
import { getLastDecision } from './get-last-decision.ts';
import { getStage } from './get-stage.ts';
import { getTimeline } from './get-timeline.ts';
import { getWorkflow } from './get-workflow.ts';
import { holdWorkflow } from './hold-workflow.ts';
import { listInbox } from './list-inbox.ts';
import { listWorkflows } from './list-workflows.ts';
import { previewWorkflow } from './preview-workflow.ts';
import { reassignStage } from './reassign-stage.ts';
import { resumeWorkflow } from './resume-workflow.ts';
import { skipStage } from './skip-stage.ts';
import { startWorkflow } from './start-workflow.ts';
import { watchInbox } from './watch-inbox.ts';

export const workflowsRouter = router({
  preview: permit('workflows.read')
    .meta(
      rest('GET', '/workflow-preview', 'Which chain would apply and who would approve; nothing is written'),
    )
    .input(RoutingRequest)
    .output(RoutingPreview)
    .query(({ ctx, input }) => previewWorkflow(ctx, input)),

  start: permit('workflows.start')
    .meta(rest('POST', '/workflows', 'Start a workflow of the ACTIVE config version'))
    .input(StartWorkflow)
    .output(Workflow)
    .mutation(({ ctx, input }) => startWorkflow(ctx, input)),

  get: permit('workflows.read')
    .meta(rest('GET', '/workflows/{workflowId}', 'One workflow with its stages'))
    .input(WorkflowRef)
    .output(Workflow)
    .query(({ ctx, input }) => getWorkflow(ctx, input)),

  list: permit('workflows.read')
    .meta(rest('GET', '/workflows', 'Workflows, filtered, the latest first, page by page'))
    .input(ListWorkflows)
    .output(WorkflowPage)
    .query(({ ctx, input }) => listWorkflows(ctx, input)),

  timeline: permit('workflows.read')
    .meta(
      rest('GET', '/workflows/{workflowId}/timeline', 'Under which configuration and by whom it was decided'),
    )
    .input(WorkflowRef)
    .output(WorkflowTimeline)
    .query(({ ctx, input }) => getTimeline(ctx, input)),

  inbox: permit('workflows.decide')
    .meta(rest('GET', '/inbox', 'Stages that await you, the most urgent first, page by page'))
    .input(ListInbox)
    .output(InboxPage)
    .query(({ ctx, input }) => listInbox(ctx, input)),

  inboxCodes: permit('workflows.decide')
    .meta(rest('GET', '/inbox-codes', 'Of which scopes and seats the stages are that await you'))
    .output(InboxCodes)
    .query(({ ctx }) => getInboxCodes(ctx)),

  lastDecision: permit('workflows.decide')
    .meta(rest('GET', '/last-decision', 'The stage that you decided last'))
    .output(LastDecision)
    .query(({ ctx }) => getLastDecision(ctx)),

  inboxChanges: permit('workflows.decide').subscription(({ ctx, signal = new AbortController().signal }) =>
    watchInbox(ctx, signal),
  ),

  getStage: permit('workflows.read')
    .meta(rest('GET', '/workflow-stages/{stageId}', 'One stage, and the workflow that it is part of'))
    .input(StageRef)
    .output(StageOfWorkflow)
    .query(({ ctx, input }) => getStage(ctx, input)),

  decide: permit(workflowTransitions.decide.permission)
    .meta(rest('POST', '/workflow-stages/{stageId}/decide', 'Decide a stage that awaits you'))
    .input(DecideStage)
    .output(StageOutcome)
    .mutation(({ ctx, input }) => decideStage(ctx, input)),

  comment: permit('workflows.comment')
    .meta(rest('POST', '/workflow-stages/{stageId}/comments', 'Add a remark to the log of a stage'))
    .input(CommentStage)
    .output(StageAction)
    .mutation(({ ctx, input }) => commentStage(ctx, input)),

  reassign: permit(workflowTransitions.reassign.permission)
    .meta(rest('POST', '/workflow-stages/{stageId}/reassign', 'Give a stage to somebody else'))
    .input(ReassignStage)
    .output(StageOutcome)
    .mutation(({ ctx, input }) => reassignStage(ctx, input)),

  skip: permit(workflowTransitions.skip.permission)
    .meta(rest('POST', '/workflow-stages/{stageId}/skip', 'Pass over a stage that is not required'))
    .input(SkipStage)
    .output(StageOutcome)
    .mutation(({ ctx, input }) => skipStage(ctx, input)),

  hold: permit(workflowTransitions.hold.permission)
    .meta(rest('POST', '/workflows/{workflowId}/hold', 'Stop a workflow and its clocks for a while'))
    .input(ManageWorkflow)
    .output(WorkflowState)
    .mutation(({ ctx, input }) => holdWorkflow(ctx, input)),

  resume: permit(workflowTransitions.resume.permission)
    .meta(rest('POST', '/workflows/{workflowId}/resume', 'Let a workflow go on'))
    .input(ResumeWorkflow)
    .output(WorkflowState)
    .mutation(({ ctx, input }) => resumeWorkflow(ctx, input)),

  cancel: permit(workflowTransitions.cancel.permission)
    .meta(rest('POST', '/workflows/{workflowId}/cancel', 'End a workflow and its submission'))
    .input(ManageWorkflow)
    .output(WorkflowState)
    .mutation(({ ctx, input }) => cancelWorkflow(ctx, input)),
});
