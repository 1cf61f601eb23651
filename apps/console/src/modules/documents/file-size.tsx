import { useByteSize } from '../../ui/use-byte-size.ts';

/** How large a file is, in the unit that people would say it in. */
export function FileSize({ bytes }: { readonly bytes: number }) {
  const byteSize = useByteSize();
  return byteSize(bytes);
}
