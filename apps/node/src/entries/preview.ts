/** Bytes of a value that are looked at: it may be long. */
const MAX_BYTES = 240;

/** The beginning of a value that is text; null for other bytes. */
export function preview(value: Uint8Array): string | null {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    // A character that the end cuts through waits for the rest of the stream, and is left out.
    return utf8.decode(value.subarray(0, MAX_BYTES), { stream: value.length > MAX_BYTES });
  } catch {
    return null;
  }
}
