import { STATUS_CODES } from 'node:http';
import type { ErrorBody } from '@quorate/contract';

type Details = Partial<Pick<ErrorBody, 'outcome' | 'retryable' | 'leader'>>;

/** The body of an error answer. By default nothing was applied, and a retry does not help. */
export function errorBody(code: string, message: string, details: Details = {}): ErrorBody {
  return { code, message, outcome: 'not-applied', retryable: false, leader: null, ...details };
}

type Headers = Readonly<Record<string, string>>;

/** A failure that knows how it is answered over HTTP. */
export class HttpError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  readonly headers: Headers;

  constructor(
    status: number,
    body: ErrorBody,
    { headers = {}, ...options }: ErrorOptions & { readonly headers?: Headers } = {},
  ) {
    super(body.message, options);
    this.name = 'HttpError';
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/**
 * Any failure in the one shape of all errors. A web framework's own refusals (no such route, a body
 * too large, bad JSON) keep their status; everything unforeseen is a 500 that gives nothing away,
 * and whose outcome nobody knows.
 */
export function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  const status = statusOf(error);
  if (status !== null && error instanceof Error) {
    return new HttpError(status, errorBody(codeOf(status), error.message), { cause: error });
  }
  const body = errorBody('internal', 'The server failed on this request; its log says why.', {
    outcome: 'unknown',
  });
  return new HttpError(500, body, { cause: error });
}

/** The 4xx or 5xx that Fastify (`statusCode`) or Nest (`status`) means by an error. */
function statusOf(error: unknown): number | null {
  const { statusCode, status } = (error ?? {}) as { statusCode?: unknown; status?: unknown };
  const found = statusCode ?? status;
  return typeof found === 'number' && found >= 400 && found < 500 ? found : null;
}

/** `404` is `not-found`, and so on by the names that HTTP gives. */
function codeOf(status: number): string {
  const name = STATUS_CODES[status] ?? `status ${status}`;
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
