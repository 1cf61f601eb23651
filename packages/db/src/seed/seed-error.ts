/** Why a database cannot be seeded. */
export type SeedErrorCode = 'TABLES_MISSING' | 'ROLE_BOUND_BY_POLICIES' | 'ALREADY_SEEDED';

/** The database cannot be seeded; nothing has been changed. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
  readonly code: SeedErrorCode;

  constructor(code: SeedErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
