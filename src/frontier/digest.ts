/** Digests by which the frontier's tables know URLs and article keys. */
import { hash } from 'node:crypto';

const DIGEST_BYTES = 12;
/** After all digests that begin alike. */
export const AFTER_ALL = Buffer.alloc(DIGEST_BYTES, 0xff);

/** Among ten million texts two with the same digest are less likely than one in 10^14. */
export function digestOf(text: string): Uint8Array {
  // A buffer of the hash's own is memory outside the heap, which takes twice as long to make and to free.
  return Buffer.from(hash('sha256', text, 'binary').slice(0, DIGEST_BYTES), 'latin1');
}

/** The same, hexadecimal: for a list of them as JSON. */
export function hexDigestOf(text: string): string {
  return hash('sha256', text).slice(0, 2 * DIGEST_BYTES);
}
