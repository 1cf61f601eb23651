/** What the names of all databases of one test run begin with. */
export function databasePrefix(runId: string): string {
  return `apms_test_${runId}_`;
}
