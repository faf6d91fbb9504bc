import type { IncomingMessage } from 'node:http';
import { errorBody, HttpError } from '@quorate/http';

/**
 * How much of a body that is too large is read and thrown away. An answer sent while the client
 * still sends would be lost with the connection, so it waits for the end, unless that is far off.
 */
const MAX_IGNORED_BYTES = 32 * 1024 * 1024;

type Done = (error: Error | null, body?: Buffer) => void;

/** Reads a whole body as it is; gives a HttpError 413 when it has more than `limit` bytes. */
export function readRawBody(request: IncomingMessage, limit: number, done: Done): void {
  let chunks: Buffer[] = [];
  let bytes = 0;

  function finish(): void {
    request.off('data', take).off('end', finish).off('error', done);
    if (bytes > limit) done(tooLarge(limit));
    else done(null, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, bytes));
  }

  function take(chunk: Buffer): void {
    bytes += chunk.length;
    if (bytes <= limit) chunks.push(chunk);
    else chunks = [];
    if (bytes > limit + MAX_IGNORED_BYTES) finish();
  }

  request.on('data', take).on('end', finish).on('error', done);
}

function tooLarge(limit: number): HttpError {
  const message = `The body has more than ${limit} bytes.`;
  return new HttpError(413, errorBody('payload-too-large', message));
}
