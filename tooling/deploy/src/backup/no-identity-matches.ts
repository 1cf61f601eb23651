/** None of the identities opens the file. */
export class NoIdentityMatches extends Error {
  override readonly name = 'NoIdentityMatches';
}
