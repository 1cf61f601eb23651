import { readFile } from 'node:fs/promises';

/** What docs/lint.md says of a rule. */
export interface RuleDocumentation {
  /** The first sentence. */
  summary: string;
  /** The whole section, without its heading. */
  markdown: string;
  /** An example of what it finds, and of what to write instead. */
  unsafe: string;
  safe: string;
}

const FILE = new URL('../../../../docs/lint.md', import.meta.url);
const IN_REPOSITORY = 'docs/lint.md';

/** The sections of docs/lint.md by rule; none where the tool was installed without its documentation. */
export async function readRuleDocumentation(): Promise<Map<string, RuleDocumentation>> {
  const text = await readFile(FILE, 'utf8').catch(() => '');
  const [, ...sections] = text.split('\n## ');
  return new Map(
    sections.map((section) => {
      const end = section.indexOf('\n');
      const markdown = section.slice(end + 1).trim();
      const [paragraph = ''] = markdown.split('\n\n');
      const [summary = ''] = paragraph.replaceAll('\n', ' ').split(/(?<=[.!?]) /);
      const [unsafe = '', safe = ''] = markdown
        .split('```sql\n')
        .slice(1)
        .map((block) => block.split('```')[0] ?? '');
      return [section.slice(0, end), { summary, markdown, unsafe, safe }];
    }),
  );
}

/** Where a rule is described: on GitHub where a workflow runs, else in the file of this checkout. */
export function ruleDocumentationUrl(rule: string): string {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_SHA } = process.env;
  const page =
    GITHUB_SERVER_URL && GITHUB_REPOSITORY && GITHUB_SHA
      ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/blob/${GITHUB_SHA}/${IN_REPOSITORY}`
      : FILE.href;
  return `${page}#${rule}`;
}
