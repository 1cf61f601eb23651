import { DeployError } from '../failure.ts';
import type { Target } from '../target.ts';
import type { Api } from './call-api.ts';

/**
 * Where the target's API is called, from the environment; undefined where none is configured.
 * @throws {API_UNKNOWN} when a variable that the configuration names is missing or no URL.
 */
export function findApi(target: Pick<Target, 'name' | 'settings'>): Api | undefined {
  const { smoke: settings } = target.settings;
  if (settings === undefined) return undefined;
  const { apiUrlVariable, apiKeyVariable } = settings;
  const unknown = (variable: string, problem: string) =>
    new DeployError({ code: 'API_UNKNOWN', target: target.name, variable, problem });
  const text = process.env[apiUrlVariable] ?? '';
  const key = process.env[apiKeyVariable] ?? '';
  if (text === '') throw unknown(apiUrlVariable, 'is not set');
  if (key === '') throw unknown(apiKeyVariable, 'is not set');
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) throw unknown(apiUrlVariable, 'is no URL of HTTP');
  return { url, key };
}
