import { describe, expect, it } from 'vitest';
import { OriginGuard } from './origin-guard.js';

const dashboard = 'http://localhost:8080';
const guard = new OriginGuard({ hosts: ['Node1.example'], origins: [dashboard] });

function request(headers: Record<string, string>) {
  return { headers: { host: 'localhost:8000', ...headers } };
}

const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' };

describe('the Host header', () => {
  it.each([
    'localhost',
    'LOCALHOST:8000',
    '127.0.0.1:8000',
    '[::1]:8000',
    '192.168.1.5',
    'node1.example:1',
  ])('%s passes', (host) => {
    expect(guard.refusal(request({ host }), true)).toBeNull();
  });

  it.each([
    'evil.example',
    'evil.example:8000',
    'localhost.evil.example',
    'localhost:8000:8000',
    '127.0.0.1.nip.io',
    '::1',
    '[evil]',
    '',
  ])('%j is refused, for reads too', (host) => {
    expect(guard.refusal(request({ host }), false)).toContain('is not this server');
  });

  it('is refused when it is missing', () => {
    expect(guard.refusal({ headers: {} }, false)).not.toBeNull();
  });
});

describe('a request that may change state', () => {
  it.each<[string, Record<string, string>]>([
    ['curl, which says nothing of where it comes from', { 'user-agent': 'curl/8.5.0' }],
    ['a program without any header', {}],
    ["the server's own page", { origin: 'http://localhost:8000', ...browser }],
    ['the dashboard', { origin: dashboard, 'sec-fetch-site': 'same-site', ...browser }],
    ['an address typed by the user', { 'sec-fetch-site': 'none', ...browser }],
    ['a link of its own page', { 'sec-fetch-site': 'same-origin', ...browser }],
  ])('passes from %s', (_, headers) => {
    expect(guard.refusal(request(headers), true)).toBeNull();
  });

  it.each<[string, Record<string, string>]>([
    ['a foreign page', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://localhost:3000' }],
    ['a page without an origin (a file, a sandbox)', { origin: 'null' }],
    ['the same name over https', { origin: 'https://localhost:8000' }],
    ['an image or link of a foreign page', { 'sec-fetch-site': 'cross-site', ...browser }],
    ['a link on another port of this machine', { 'sec-fetch-site': 'same-site', ...browser }],
    ['a browser that tells nothing', browser],
  ])('is refused from %s', (_, headers) => {
    expect(guard.refusal(request(headers), true)).toContain('may not change anything');
  });
});

it('lets a foreign page send a mere read, whose answer it cannot see', () => {
  const read = request({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
  expect(guard.refusal(read, false)).toBeNull();
  expect(guard.corsHeaders(read)).not.toHaveProperty('access-control-allow-origin');
});

describe('CORS', () => {
  const ask = { 'access-control-request-method': 'PUT' };

  it('shows answers to an allowed page', () => {
    const headers = guard.corsHeaders(request({ origin: dashboard }));
    expect(headers).toMatchObject({ 'access-control-allow-origin': dashboard, vary: 'origin' });
  });

  it('answers the preflight of an allowed page', () => {
    const headers = guard.preflightHeaders('OPTIONS', request({ origin: dashboard, ...ask }));
    expect(headers?.['access-control-allow-methods']).toContain('PUT');
    expect(headers?.['access-control-allow-origin']).toBe(dashboard);
  });

  it('answers no other preflight, and nothing that is none', () => {
    const foreign = request({ origin: 'https://evil.example', ...ask });
    expect(guard.preflightHeaders('OPTIONS', foreign)).toBeNull();
    const plain = request({ origin: dashboard });
    expect(guard.preflightHeaders('OPTIONS', plain)).toBeNull();
    expect(guard.preflightHeaders('PUT', request({ origin: dashboard, ...ask }))).toBeNull();
  });
});
