import { expect, test } from 'vitest';
import { formatAddress, parseAddress } from './address.js';

test.each([
  ['127.0.0.1:9000', { host: '127.0.0.1', port: 9000 }],
  ['node-1.example:1', { host: 'node-1.example', port: 1 }],
  ['[::1]:65535', { host: '::1', port: 65_535 }],
])('%s is an address, and is written the same', (text, parsed) => {
  expect(parseAddress(text)).toEqual(parsed);
  expect(formatAddress(parsed)).toBe(text);
});

test.each([
  '',
  'host',
  ':9000',
  'host:',
  'host:0',
  'host:65536',
  'host:9x',
  '::1:9000',
  'a b:9000',
])('"%s" is no address', (text) => {
  expect(parseAddress(text)).toBeNull();
});
