export type { AppRouter } from '@apms/api';
export { type ApiError, appErrorOf, isApiError, isAppError, isUnreachable } from './app-error.ts';
export {
  changePassword,
  keepSession,
  type PasswordChangeOutcome,
  requestPasswordReset,
  type SessionOutcome,
  type SessionRefusal,
  type SignInOutcome,
  signInWithCookie,
  signOut,
} from './browser-session.ts';
export type { ApmsClient, ClientOptions } from './create-client.ts';
export { createClient } from './create-client.ts';
export type { Credential } from './credential.ts';
export { downloadDocument } from './download-document.ts';
export type { UploadProgress } from './post-body.ts';
export { type SignIn, SignInError, signIn } from './sign-in.ts';
export { type NamedBlob, type UploadOptions, uploadDocument } from './upload-document.ts';
export type { WhenSignedOut } from './when-signed-out.ts';
