/** What the system or OpenSSL says of a connection, for the people who run it. */
export function describeSystemError(error: NodeJS.ErrnoException): string {
  // A failed dial of a name with several addresses: an empty message, and many causes.
  if (error instanceof AggregateError) {
    return error.errors.map((cause) => (cause instanceof Error ? cause.message : '')).join('; ');
  }
  return error.code === 'ERR_SSL_WRONG_VERSION_NUMBER' ? NOT_TLS : error.message;
}

export const NOT_TLS = 'the other side does not speak TLS';

/** Whether a stream starts as TLS does: an alert or a handshake, of any version (RFC 8446, 5.1). */
export function looksLikeTls(start: Buffer): boolean {
  const [type, major, minor = 0] = start;
  return (type === 0x15 || type === 0x16) && major === 3 && minor >= 1 && minor <= 4;
}
