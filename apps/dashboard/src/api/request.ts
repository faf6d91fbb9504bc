import { ErrorBody } from '@quorate/contract';
import { RequestFailure } from '../core/failure.js';

export interface Ask {
  /** Who is asked, for messages: `n1`, `the supervisor`. */
  readonly whom: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly url: string;
  readonly body?: string | Uint8Array<ArrayBuffer> | null;
  /** Content type of the body. Default: raw bytes. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Gives up after this many ms. Default 10,000. */
  readonly timeoutMs?: number;
}

/**
 * Sends one request and settles in a bounded time.
 * @throws {RequestFailure} on every answer that is no success, and when none came
 */
export async function request(ask: Ask): Promise<Response> {
  const { whom, method, url, body = null, timeoutMs = 10_000 } = ask;
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      body,
      headers: {
        ...ask.headers,
        ...(body === null ? {} : { 'content-type': ask.type ?? 'application/octet-stream' }),
      },
      signal: AbortSignal.timeout(timeoutMs),
      cache: 'no-store',
    });
  } catch (error) {
    throw unanswered(whom, url, timeoutMs, error);
  }
  if (!response.ok) throw await refused(whom, response);
  return response;
}

/** Any schema that tells whether a value is what it should be. A zod schema is one. */
interface Schema<T> {
  safeParse: (value: unknown) => { success: true; data: T } | { success: false };
}

/**
 * Sends one request and reads its answer.
 * @throws {RequestFailure} also when the answer is not of this shape
 */
export async function requestJson<T>(ask: Ask, schema: Schema<T>): Promise<T> {
  const response = await request(ask);
  const read = schema.safeParse(parsed(await response.text().catch(() => '')));
  if (read.success) return read.data;
  throw new RequestFailure(response.status, {
    code: 'unreadable',
    message: `${ask.whom} answered what this page cannot read; it may be of another version.`,
    outcome: 'unknown',
    retryable: false,
    leader: null,
  });
}

function unanswered(whom: string, url: string, timeoutMs: number, cause: unknown): RequestFailure {
  const late = cause instanceof DOMException && cause.name === 'TimeoutError';
  const unreached = new URL(url, location.href).origin;
  const message = late
    ? `${whom} did not answer at ${unreached} within ${timeoutMs / 1_000} s.`
    : `${whom} cannot be reached at ${unreached}.`;
  const body = { message, outcome: 'unknown', retryable: true, leader: null } as const;
  const code = late ? 'no-answer' : 'unreachable';
  return new RequestFailure(null, { ...body, code }, { unreached, cause });
}

async function refused(whom: string, response: Response): Promise<RequestFailure> {
  const text = await response.text().catch(() => '');
  const told = ErrorBody.safeParse(parsed(text));
  if (told.success) return new RequestFailure(response.status, told.data);
  return new RequestFailure(response.status, {
    code: `http-${response.status}`,
    message: `${whom} answered ${response.status} ${response.statusText}`.trim(),
    outcome: 'unknown',
    retryable: false,
    leader: null,
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
