import { script } from '@bomb.sh/tab';
import { DeployError } from '../failure.ts';

/**
 * The library's own script for bash evaluates what has been typed, `$(…)` included, and needs the package
 * bash-completion; this one hands the words over as they are.
 */
const BASH = `_deploy() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    [[ $line == :* ]] || COMPREPLY+=("\${line%%$'\\t'*}")
  done < <(deploy complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _deploy deploy
`;

const SHELLS = ['bash', 'zsh', 'fish'];

/** `deploy completion`: the script that teaches a shell to complete `deploy`. */
export async function completionCommand(shell: string): Promise<number> {
  if (!SHELLS.includes(shell)) {
    throw new DeployError({
      code: 'USAGE_INVALID',
      problem: `There is no completion for "${shell}".`,
      next: `Name one of: ${SHELLS.join(', ')}.`,
    });
  }
  if (shell === 'bash') process.stdout.write(BASH);
  else script(shell, 'deploy', 'deploy');
  return 0;
}
