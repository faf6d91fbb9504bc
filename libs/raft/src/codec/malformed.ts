/** Bytes that no correct node sends. The connection that brought them is not to be trusted further. */
export class MalformedMessageError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'MalformedMessageError';
  }
}
