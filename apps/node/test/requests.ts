import { request } from 'node:http';
import { ErrorBody } from '@quorate/contract';
import { expect } from 'vitest';

/** Asserts a failed answer of the one shape, and gives its body. */
export async function failure(
  answer: Response | Promise<Response>,
  status: number,
  code?: string,
): Promise<ErrorBody> {
  const response = await answer;
  const text = await response.text();
  expect(response.status, text).toBe(status);
  const body = ErrorBody.strict().parse(JSON.parse(text));
  if (code !== undefined) expect(body.code).toBe(code);
  return body;
}

/** Asserts a successful answer, and gives its JSON. */
export async function success<T>(answer: Response | Promise<Response>): Promise<T> {
  const response = await answer;
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return JSON.parse(text) as T;
}

/** A request as it stands: `fetch` would set Host and tidy up the path. */
export function rawRequest(
  url: string,
  path: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const outgoing = request({ hostname, port, path, ...options }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
          name,
          String(value),
        ]);
        const status = incoming.statusCode ?? 0;
        const body = status === 204 ? null : Buffer.concat(chunks);
        resolve(new Response(body, { status, headers }));
      });
    });
    outgoing.on('error', reject).end();
  });
}
