import { documentMediaTypes } from '@apms/validators';
import { fileTypeFromBuffer } from 'file-type';
import { AppError } from '../../errors.ts';

const allowed = Object.keys(documentMediaTypes);
const isText = (mediaType: string): boolean => mediaType.startsWith('text/');
const isOffice = (mediaType: string): boolean => mediaType.includes('.openxmlformats-');

/**
 * The declared media type without its parameters, once the beginning of the content agrees with it.
 * @throws {AppError} DOCUMENT_TYPE_REFUSED naming the declared type when it is not accepted at all, and else what the
 * content is
 */
export async function checkMediaType(declared: string, head: Uint8Array): Promise<string> {
  const mediaType = declared.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!allowed.includes(mediaType)) refuse(mediaType);
  const sniffed = (await fileTypeFromBuffer(head).catch(() => undefined))?.mime;
  if (sniffed === mediaType) return mediaType;
  // The parts of an office document may come in any order, so its beginning may say no more than that it is a ZIP.
  if (sniffed === 'application/zip' && isOffice(mediaType)) return mediaType;
  // Text has no signature: it is what is nothing else.
  if (sniffed === undefined && isText(mediaType) && !head.includes(0)) return mediaType;
  return refuse(sniffed ?? 'application/octet-stream');
}

function refuse(mediaType: string): never {
  throw new AppError({ code: 'DOCUMENT_TYPE_REFUSED', mediaType, allowed });
}
