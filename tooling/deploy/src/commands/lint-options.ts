export const LINT_FORMATS = ['text', 'json', 'sarif', 'github'] as const;

/** From the worst on. */
export const LINT_SEVERITIES = ['error', 'warning', 'notice'] as const;

/** What `deploy lint` takes besides paths. */
export interface LintOptions {
  env?: string;
  config?: string;
  json: boolean;
  /** Only what decides the verdict. */
  quiet: boolean;
  since?: string;
  format?: (typeof LINT_FORMATS)[number];
  /** A file that SARIF is written to besides. */
  sarif?: string;
  stdinFilename: string;
  serverVersion?: number;
  assumeRows?: number;
  failOn: (typeof LINT_SEVERITIES)[number];
}
