export { type ApiError, appErrorOf, isAppError } from './app-error.ts';
export type { ApmsClient, ClientOptions } from './create-client.ts';
export { createClient } from './create-client.ts';
export type { Credential } from './credential.ts';
export { type SignIn, SignInError, signIn } from './sign-in.ts';
export { type NamedBlob, uploadDocument } from './upload-document.ts';
