import type { ConfigFinding } from '@apms/validators';
import { configFindings } from '../../messages/en/config-findings.ts';

export type FindingCode = ConfigFinding['code'];

const isCode = (code: string): code is FindingCode => Object.hasOwn(configFindings.advice, code);

/** Every kind of finding, without the schemas of the API. */
export const findingCodes: readonly FindingCode[] = Object.keys(configFindings.advice).filter(isCode);
