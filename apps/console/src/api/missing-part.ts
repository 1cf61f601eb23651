const NAME = 'MissingPart';

/**
 * Makes what a failed import throws known as such. Under its own message the router would load the page anew by itself,
 * also while nobody answers.
 */
export function nameMissingPart(error: Error): void {
  error.name = NAME;
  error.message = `a part of the console was not read: ${error.message}`;
}

export function isMissingPart(error: unknown): boolean {
  return error instanceof Error && error.name === NAME;
}
