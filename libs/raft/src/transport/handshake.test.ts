import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { MalformedMessageError } from '../codec/malformed.js';
import { decodeAnswer, decodeHello, encodeAnswer, encodeHello, judgeHello } from './handshake.js';
import type { Answer, Hello } from './handshake.js';
import type { LocalIdentity } from './transport.js';

const local: LocalIdentity = { nodeId: 'n2', incarnation: 'b', clusterId: 'c1', attributes: {} };
const from: LocalIdentity = { nodeId: 'n1', incarnation: 'a', clusterId: 'c1', attributes: {} };
const hello: Hello = { protocol: 1, from, to: { nodeId: 'n2', incarnation: 'b' } };

const id = fc.stringMatching(/^[A-Za-z0-9._-]{1,63}$/);
const identity: fc.Arbitrary<LocalIdentity> = fc.record({
  nodeId: id,
  incarnation: id,
  clusterId: fc.option(id),
  attributes: fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }),
});
const anyHello: fc.Arbitrary<Hello> = fc.record({
  protocol: fc.nat(),
  from: identity,
  to: fc.option(fc.record({ nodeId: id, incarnation: id })),
});
const anyAnswer: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({ welcome: identity }),
  fc.record({ refusal: fc.record({ code: fc.string(), message: fc.string() }) }),
);

describe('a hello', () => {
  test('from a member of the same cluster is accepted', () => {
    expect(judgeHello(local, hello)).toEqual({ type: 'accepted', dialer: from });
  });

  test('from a member of any cluster is accepted by a blank node', () => {
    expect(judgeHello({ ...local, clusterId: null }, hello)).toEqual({
      type: 'accepted',
      dialer: from,
    });
  });

  test('without a target is a probe, whoever asks', () => {
    const probe = { ...hello, to: null };
    expect(judgeHello(local, probe)).toEqual({ type: 'probe' });
    expect(judgeHello(local, { ...probe, from: { ...from, clusterId: null } }).type).toBe('probe');
    expect(judgeHello(local, { ...probe, from: { ...from, clusterId: 'c2' } }).type).toBe('probe');
  });

  const refused: [string, Hello, string[]][] = [
    ['protocol-mismatch', { ...hello, protocol: 2 }, ['protocol 1', '2']],
    ['protocol-mismatch', { ...hello, protocol: 2, to: null }, ['protocol 1', '2']],
    ['cluster-mismatch', { ...hello, from: { ...from, clusterId: 'c2' } }, ['c1', 'c2']],
    ['node-mismatch', { ...hello, to: { nodeId: 'n3', incarnation: 'b' } }, ['n2', 'n3']],
    ['incarnation-mismatch', { ...hello, to: { nodeId: 'n2', incarnation: 'x' } }, ['(b)', '(x)']],
    ['dialer-blank', { ...hello, from: { ...from, clusterId: null } }, ['n1']],
  ];
  for (const [code, refusedHello, named] of refused) {
    test(`is refused as ${code}, naming ${named.join(' and ')}`, () => {
      const verdict = judgeHello(local, refusedHello);
      expect(verdict).toMatchObject({ type: 'refused', refusal: { code } });
      for (const name of named) {
        expect(verdict.type === 'refused' && verdict.refusal.message).toContain(name);
      }
    });
  }

  test.prop([anyHello])('comes back from its bytes', (sent) => {
    expect(decodeHello(encodeHello(sent))).toEqual(sent);
  });

  test.prop([anyAnswer])('gets an answer that comes back from its bytes', (sent) => {
    expect(decodeAnswer(encodeAnswer(sent))).toEqual(sent);
  });

  test('is read even when a later version has added fields', () => {
    const later = { ...hello, compression: 'none', from: { ...from, zone: 'b' } };
    expect(decodeHello(Buffer.from(JSON.stringify(later)))).toEqual(hello);
  });

  test.prop([fc.oneof(fc.json(), fc.string())])(
    'or answer of other content is malformed, and nothing else',
    (text) => {
      expect(() => decodeHello(Buffer.from(text))).toThrow(MalformedMessageError);
      expect(() => decodeAnswer(Buffer.from(text))).toThrow(MalformedMessageError);
    },
  );
});
