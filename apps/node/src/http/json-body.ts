import { errorBody, HttpError } from '@quorate/http';
import type { z } from 'zod';
import { badRequest, decodeUtf8, type FieldSource, mediaType, parseJson } from './fields.js';

/**
 * The JSON that a request brings.
 * @throws HttpError 400 that names what is wrong in it, or 415 for a body of another kind.
 */
export function jsonBody<T>(request: FieldSource, schema: z.ZodType<T>): T {
  if (mediaType(request) !== 'application/json') {
    const message = 'Send the request as application/json.';
    throw new HttpError(415, errorBody('unsupported-media-type', message));
  }
  const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array(0);
  const parsed = schema.safeParse(parseJson(decodeUtf8(bytes)));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => {
    const where = path.length === 0 ? 'the body' : path.join('.');
    return `${where}: ${message}`;
  });
  throw badRequest(`${faults.join('; ')}.`);
}
