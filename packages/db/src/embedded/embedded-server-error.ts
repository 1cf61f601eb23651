/** What went wrong with an embedded server, for callers that react to it. */
export type EmbeddedServerErrorCode =
  | 'PLATFORM_UNSUPPORTED'
  | 'OWNER_MISSING'
  | 'DIRECTORY_UNUSABLE'
  | 'LOCK_TIMEOUT'
  | 'INIT_FAILED'
  | 'VERSION_MISMATCH'
  | 'START_FAILED'
  | 'STOP_FAILED'
  | 'REPLACE_FAILED';

/** The circumstances of a failure; never a secret. */
export interface EmbeddedServerErrorFacts {
  readonly code: EmbeddedServerErrorCode;
  readonly path?: string;
  readonly logFile?: string;
  /** The last lines of the server's log, or what the tool that failed has printed. */
  readonly output?: string;
}

/** The only error that the embedded server throws: a sentence for people, facts for code. */
export class EmbeddedServerError extends Error {
  override readonly name = 'EmbeddedServerError';
  readonly facts: EmbeddedServerErrorFacts;

  constructor(sentence: string, facts: EmbeddedServerErrorFacts, options?: ErrorOptions) {
    super(facts.output === undefined ? sentence : `${sentence}\n${facts.output.trimEnd()}`, options);
    this.facts = facts;
  }

  get code(): EmbeddedServerErrorCode {
    return this.facts.code;
  }
}
