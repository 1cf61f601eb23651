import type { TargetSettings } from '../config.ts';
import { type Connection, parseConnection } from '../connection.ts';
import { explain } from '../explain.ts';
import { toFailure } from '../failure.ts';
import { type DoctorFinding, ok, problem } from './finding.ts';

/** Whether the variables of a target are set and hold URLs. No value is ever part of what is found. */
export function checkVariables(
  target: string,
  { urlVariable, rehearsalUrlVariable }: TargetSettings,
  mustBeReal: boolean,
): { findings: DoctorFinding[]; connection: Connection | undefined } {
  const { finding, connection } = checkVariable(urlVariable);
  const findings = [
    finding ??
      (mustBeReal
        ? problem(
            urlVariable,
            'It is not set.',
            `In CI and with NODE_ENV=production the target "${target}" must be a real server.`,
            `export ${urlVariable}='postgresql://USER:PASSWORD@HOST:PORT/DATABASE'`,
          )
        : ok(urlVariable, 'not set: an embedded PostgreSQL stands in for the target')),
  ];
  if (rehearsalUrlVariable !== undefined) {
    findings.push(
      checkVariable(rehearsalUrlVariable).finding ??
        ok(rehearsalUrlVariable, "not set: rehearsals are made on the target's own server"),
    );
  }
  return { findings, connection };
}

function checkVariable(variable: string): {
  finding: DoctorFinding | undefined;
  connection: Connection | undefined;
} {
  const url = process.env[variable];
  if (!url) return { finding: undefined, connection: undefined };
  try {
    return { finding: ok(variable, 'set, and a URL'), connection: parseConnection(url, variable) };
  } catch (error) {
    const finding = problem(
      variable,
      explain(toFailure(error)),
      'Without it nobody can connect.',
      `export ${variable}='postgresql://USER:PASSWORD@HOST:PORT/DATABASE'`,
    );
    return { finding, connection: undefined };
  }
}
