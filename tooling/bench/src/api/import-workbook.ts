import { z } from 'zod';
import { BenchError } from '../bench-error.ts';
import type { BenchPerson } from './bench-world.ts';
import { callApi } from './call-api.ts';

const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const Stored = z.object({ id: z.string() });

/** Uploads a workbook as a document and gives its id. @throws {BenchError} when it is refused */
export async function uploadWorkbook(url: string, bytes: Uint8Array, person: BenchPerson): Promise<string> {
  const response = await fetch(`${url}/documents?name=workbook.xlsx`, {
    method: 'POST',
    headers: { ...person.headers, 'content-type': WORKBOOK_TYPE },
    body: Buffer.from(bytes),
  });
  const text = await response.text();
  if (!response.ok) throw new BenchError(`the workbook was refused: ${text}`);
  return Stored.parse(JSON.parse(text)).id;
}

/** Imports an uploaded workbook and gives the id of its version. @throws {BenchError} when it fails */
export async function importWorkbook(url: string, documentId: string, person: BenchPerson): Promise<string> {
  const call = { procedure: 'configVersions.import', kind: 'mutation', input: { documentId } } as const;
  return Stored.parse(await callApi(url, call, person)).id;
}
