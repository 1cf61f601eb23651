/** By what the API knows the caller. `cookie` leaves it to the browser, which sends its session's cookie by itself. */
export type Credential =
  | { readonly kind: 'apiKey'; readonly key: string }
  | { readonly kind: 'session'; readonly token: string }
  | { readonly kind: 'cookie' };

/** The headers of a request of the caller in the workspace. */
export function headersOf(credential: Credential, workspaceId: string | undefined): Record<string, string> {
  return {
    ...(credential.kind === 'apiKey' && { 'x-api-key': credential.key }),
    ...(credential.kind === 'session' && { authorization: `Bearer ${credential.token}` }),
    ...(workspaceId !== undefined && { 'x-workspace-id': workspaceId }),
  };
}
