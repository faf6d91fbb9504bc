const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The value as text; null when the bytes are no UTF-8. */
export function textOf(value: Uint8Array): string | null {
  try {
    return utf8.decode(value);
  } catch {
    return null;
  }
}
