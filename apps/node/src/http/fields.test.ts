import { HttpError } from '@quorate/http';
import { describe, expect, it } from 'vitest';
import { Fields } from './fields.js';

function request(url: string, body?: string | Uint8Array, type?: string) {
  return {
    url,
    headers: { 'content-type': type },
    body: typeof body === 'string' ? Buffer.from(body) : body,
  };
}

const form = 'application/x-www-form-urlencoded';
const json = 'application/json; charset=utf-8';

function statusOf(act: () => unknown): number {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(HttpError);
    return (error as HttpError).status;
  }
  throw new Error('it was accepted');
}

describe('fields', () => {
  it.each([
    ['the query', request('/set?key=a%2Fb&value=1+2')],
    ['a form', request('/set', 'key=a%2Fb&value=1+2', form)],
    ['JSON', request('/set', '{"key":"a/b","value":"1 2"}', json)],
    ['query and body together', request('/set?key=a%2Fb', 'value=1+2', form)],
  ])('come from %s', (_, request) => {
    const fields = Fields.ofRequest(request);
    expect(fields.get('key')).toBe('a/b');
    expect(fields.required('value')).toBe('1 2');
  });

  it('may be empty, and are told from missing ones', () => {
    const fields = Fields.ofQuery('/set?value=&flag');
    expect(fields.get('value')).toBe('');
    expect(fields.get('flag')).toBe('');
    expect(fields.get('key')).toBeUndefined();
    expect(statusOf(() => fields.required('key'))).toBe(400);
  });

  it('may have any name', () => {
    expect(Fields.ofQuery('/x?__proto__=1&constructor=2').get('__proto__')).toBe('1');
    expect(Fields.ofQuery('/x').get('constructor')).toBeUndefined();
  });

  it.each([
    ['UTF-8 that is none', request('/set?key=%ff'), 400],
    ['half an escape', request('/set?key=%e'), 400],
    ['a value given twice', request('/set?key=a', 'key=b', form), 400],
    ['broken JSON', request('/set', '{', json), 400],
    ['JSON that is no object of strings', request('/set', '{"key":1}', json), 400],
    ['JSON text that no UTF-8 can hold', request('/set', '{"key":"\\ud800"}', json), 400],
    ['a JSON list', request('/set', '["key"]', json), 400],
    ['a body that is not UTF-8', request('/set', new Uint8Array([0xff]), form), 400],
    ['another kind of body', request('/set', 'key=a', 'text/plain'), 415],
    ['a body of no kind', request('/set', 'key=a'), 415],
  ])('refuses %s', (_, request, status) => {
    expect(statusOf(() => Fields.ofRequest(request))).toBe(status);
  });
});
