import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProject, type Project } from './support/project.ts';

let project: Project;

beforeAll(async () => {
  project = await createProject();
});
afterAll(() => project.remove());

/** What Tab offers in a bash that has sourced the script, twice, after that line. */
async function completions(line: string): Promise<string[]> {
  const words = line.split(' ');
  const script = `
    deploy() { "$NODE" "$CLI" "$@"; }
    source <(deploy completion bash); source <(deploy completion bash)
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
    _deploy
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = await execa('bash', ['--norc', '-c', script, 'bash', ...words], {
    cwd: project.root,
    env: { NODE: process.execPath, CLI: project.cli },
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean);
}

test.each<[string, string[]]>([
  ['deploy ba', ['backup']],
  ['deploy backup ', ['create', 'list', 'verify', 'restore']],
  ['deploy rollback --t', ['--to']],
  ['deploy run --accept', ['--accept-hold']],
  ['deploy run --env ', ['production', 'staging']],
  ['deploy backup restore --env st', ['staging']],
  ['deploy completion ', []],
  ['deploy nonsense ', []],
])('%j', async (line, offered) => {
  expect(await completions(line)).toEqual(expect.arrayContaining(offered));
});

test('ids of deployments and backups of the target that is named', async () => {
  await project.deploy(['run', '--env', 'staging', '--yes']);
  const history = await project.deploy(['history', '--env', 'staging', '--json']);
  const { id: deployment }: { id: string } = JSON.parse(history.output);
  expect(await completions('deploy rollback --env staging --to ')).toEqual([deployment]);
  expect(await completions('deploy backup verify --env staging 2')).toEqual([deployment]);
  expect(await completions('deploy report --env staging 2')).toEqual([deployment]);
  expect(await completions('deploy backup verify --env production 2')).toEqual([]);
});

test('what has been typed is never run', async () => {
  expect(await completions('deploy run --env $(touch${IFS}made)')).toEqual([]);
  expect(await completions('deploy history --config made --env ')).toEqual([]);
  expect((await execa('ls', { cwd: project.root })).stdout).not.toContain('made');
});

test('zsh and fish have their scripts, another shell an error', async () => {
  expect((await project.deploy(['completion', 'zsh'])).output).toMatch(/^#compdef deploy/);
  expect((await project.deploy(['completion', 'fish'])).output).toContain('complete -c deploy');
  const other = await project.deploy(['completion', 'tcsh']);
  expect(other).toMatchObject({
    exitCode: 2,
    output: expect.stringContaining('Name one of: bash, zsh, fish.'),
  });
});
