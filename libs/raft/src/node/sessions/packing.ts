/** A kind u8, numbers u48, and whatever follows: how sessions stand in entries and in snapshots. */
export function pack(
  kind: number,
  numbers: readonly number[],
  ...tail: readonly Uint8Array[]
): Buffer {
  const head = Buffer.allocUnsafe(1 + 6 * numbers.length);
  head.writeUInt8(kind);
  numbers.forEach((value, i) => head.writeUIntLE(value, 1 + 6 * i, 6));
  return tail.length === 0 ? head : Buffer.concat([head, ...tail]);
}

/** A key: u8 length, UTF-8. */
export function packKey(key: string): Buffer {
  const bytes = Buffer.from(key);
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}

/** The bytes as a Buffer, not copied. */
export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
