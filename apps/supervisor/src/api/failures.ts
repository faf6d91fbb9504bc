import { errorBody, HttpError, toHttpError } from '@quorate/http';
import { SupervisorError, type SupervisorErrorCode } from '../errors.js';

const statusOf: Partial<Record<SupervisorErrorCode, number>> = {
  'invalid-argument': 400,
  'not-found': 404,
  conflict: 409,
  'limit-reached': 409,
  'shutting-down': 503,
  'node-exited': 502,
  'node-timeout': 504,
};

/** Any failure as the one shape of all errors. */
export function asHttpError(error: unknown): HttpError {
  if (!(error instanceof SupervisorError)) return toHttpError(error);
  const { code, message, retryable } = error;
  // A node that was started, and then failed or was slow, was started all the same.
  const outcome = code === 'node-exited' || code === 'node-timeout' ? 'unknown' : 'not-applied';
  return new HttpError(statusOf[code] ?? 500, errorBody(code, message, { retryable, outcome }));
}
