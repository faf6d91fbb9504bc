import { expect, it } from 'vitest';
import { errorBody, HttpError, toHttpError } from './http-error.js';

it('keeps an HttpError as it is', () => {
  const error = new HttpError(409, errorBody('taken', 'It is taken.'));
  expect(toHttpError(error)).toBe(error);
});

it("keeps the status of the framework's own refusals", () => {
  const tooLarge = Object.assign(new Error('Request body is too large'), { statusCode: 413 });
  expect(toHttpError(tooLarge)).toMatchObject({
    status: 413,
    body: { code: 'payload-too-large', outcome: 'not-applied', retryable: false, leader: null },
  });
  const missing = Object.assign(new Error('Cannot GET /x'), { status: 404 });
  expect(toHttpError(missing)).toMatchObject({ status: 404, body: { code: 'not-found' } });
});

it('gives nothing of an unforeseen failure away, and does not say that nothing was applied', () => {
  const error = toHttpError(new TypeError('secret'));
  expect(error).toMatchObject({ status: 500, body: { code: 'internal', outcome: 'unknown' } });
  expect(JSON.stringify(error.body)).not.toContain('secret');
  expect(error.cause).toBeInstanceOf(TypeError);
  expect(toHttpError(undefined).status).toBe(500);
});
