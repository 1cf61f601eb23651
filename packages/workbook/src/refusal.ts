import type { ImportFindingCode } from '@apms/validators';

/** A file that cannot be read at all. Never leaves the package: it becomes the one finding of its reading. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ImportFindingCode;

  constructor(code: ImportFindingCode, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.code = code;
  }
}
