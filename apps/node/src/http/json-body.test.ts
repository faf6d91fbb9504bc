import { HttpError } from '@quorate/http';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jsonBody } from './json-body.js';

const Order = z.object({ what: z.string(), many: z.number().max(5) });
const json = 'application/json; charset=utf-8';

const order = (body: string, type: string | undefined = json) =>
  jsonBody({ url: '/', headers: { 'content-type': type }, body: Buffer.from(body) }, Order);

describe('a JSON body', () => {
  it('is read as its schema wants it, and no field more', () => {
    expect(order('{"what":"a","many":2,"more":1}')).toEqual({ what: 'a', many: 2 });
  });

  it.each([
    ['{"what":"a","many":6}', 'many: '],
    ['{"many":1}', 'what: '],
    ['[]', 'the body: '],
    ['{', 'not JSON'],
    ['', 'not JSON'],
  ])('that is %j is refused, and the message says what is wrong', (body, message) => {
    expect(() => order(body)).toThrow(message);
  });

  it('comes as no other kind', () => {
    try {
      order('{"what":"a","many":2}', 'text/plain');
    } catch (error) {
      expect((error as HttpError).status).toBe(415);
      return;
    }
    expect.unreachable();
  });
});
