import {
  AttachDocument,
  CancelSubmission,
  CreateSubmission,
  DetachDocument,
  ListSubmissions,
  ReturnSubmission,
  Submission,
  SubmissionDetails,
  SubmissionDocument,
  SubmissionPage,
  SubmissionRef,
  submissionTransitions,
} from '@apms/validators';
import { z } from 'zod';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { acceptQa } from './accept-qa.ts';
import { attachDocument } from './attach-document.ts';
import { cancelSubmission } from './cancel-submission.ts';
import { completeSubmission } from './complete-submission.ts';
import { createSubmission } from './create-submission.ts';
import { detachDocument } from './detach-document.ts';
import { getSubmission } from './get-submission.ts';
import { listSubmissions } from './list-submissions.ts';
import { returnQa } from './return-qa.ts';
import { sendToQa } from './send-to-qa.ts';

export const submissionsRouter = router({
  get: permit('submissions.read')
    .meta(rest('GET', '/submissions/{submissionId}', 'One submission with everything that belongs to it'))
    .input(SubmissionRef)
    .output(SubmissionDetails)
    .query(({ ctx, input }) => getSubmission(ctx, input)),

  list: permit('submissions.read')
    .meta(rest('GET', '/submissions', 'Submissions, filtered, page by page'))
    .input(ListSubmissions)
    .output(SubmissionPage)
    .query(({ ctx, input }) => listSubmissions(ctx, input)),

  create: permit('submissions.write')
    .meta(rest('POST', '/submissions', 'Begin a submission'))
    .input(CreateSubmission)
    .output(Submission)
    .mutation(({ ctx, input }) => createSubmission(ctx, input)),

  attachDocument: permit(submissionTransitions.attachDocument.permission)
    .meta(rest('POST', '/submissions/{submissionId}/documents', 'Add an uploaded document'))
    .input(AttachDocument)
    .output(z.array(SubmissionDocument))
    .mutation(({ ctx, input }) => attachDocument(ctx, input)),

  detachDocument: permit(submissionTransitions.detachDocument.permission)
    .meta(rest('DELETE', '/submissions/{submissionId}/documents/{documentId}', 'Take a document off again'))
    .input(DetachDocument)
    .output(z.array(SubmissionDocument))
    .mutation(({ ctx, input }) => detachDocument(ctx, input)),

  submit: permit(submissionTransitions.submit.permission)
    .meta(rest('POST', '/submissions/{submissionId}/submit', 'Send a draft to QA'))
    .input(SubmissionRef)
    .output(Submission)
    .mutation(({ ctx, input }) => sendToQa(ctx, input, 'submit')),

  acceptQa: permit(submissionTransitions.acceptQa.permission)
    .meta(rest('POST', '/submissions/{submissionId}/accept', 'Accept a submission for review, as QA'))
    .input(SubmissionRef)
    .output(Submission)
    .mutation(({ ctx, input }) => acceptQa(ctx, input)),

  returnQa: permit(submissionTransitions.returnQa.permission)
    .meta(rest('POST', '/submissions/{submissionId}/return', 'Send a submission back to its draft, as QA'))
    .input(ReturnSubmission)
    .output(Submission)
    .mutation(({ ctx, input }) => returnQa(ctx, input)),

  resubmit: permit(submissionTransitions.resubmit.permission)
    .meta(rest('POST', '/submissions/{submissionId}/resubmit', 'Send a rejected submission to QA again'))
    .input(SubmissionRef)
    .output(Submission)
    .mutation(({ ctx, input }) => sendToQa(ctx, input, 'resubmit')),

  complete: permit(submissionTransitions.complete.permission)
    .meta(rest('POST', '/submissions/{submissionId}/complete', 'Complete an approved submission'))
    .input(SubmissionRef)
    .output(Submission)
    .mutation(({ ctx, input }) => completeSubmission(ctx, input)),

  cancel: permit(submissionTransitions.cancel.permission)
    .meta(rest('POST', '/submissions/{submissionId}/cancel', 'Give a submission up before it is approved'))
    .input(CancelSubmission)
    .output(Submission)
    .mutation(({ ctx, input }) => cancelSubmission(ctx, input)),
});
