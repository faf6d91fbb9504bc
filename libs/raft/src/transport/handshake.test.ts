import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { MalformedMessageError } from '../codec/malformed.js';
import { decodeAnswer, decodeHello, encodeAnswer, encodeHello, judgeHello } from './handshake.js';
import type { Answer, Hello } from './handshake.js';
import type { ProtocolRange } from './protocol.js';
import type { LocalIdentity } from './transport.js';

const local: LocalIdentity = { nodeId: 'n2', incarnation: 'b', clusterId: 'c1', attributes: {} };
const from: LocalIdentity = { nodeId: 'n1', incarnation: 'a', clusterId: 'c1', attributes: {} };
const both: ProtocolRange = { oldest: 1, newest: 2 };
const hello: Hello = {
  protocols: both,
  lane: 'control',
  from,
  to: { nodeId: 'n2', incarnation: 'b' },
};

const id = fc.stringMatching(/^[A-Za-z0-9._-]{1,63}$/);
const identity: fc.Arbitrary<LocalIdentity> = fc.record({
  nodeId: id,
  incarnation: id,
  clusterId: fc.option(id),
  attributes: fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }),
});
const anyHello: fc.Arbitrary<Hello> = fc.record({
  protocols: fc.record({ oldest: fc.nat(), newest: fc.nat() }),
  lane: fc.constantFrom('control', 'bulk'),
  from: identity,
  to: fc.option(fc.record({ nodeId: id, incarnation: id })),
});
const anyAnswer: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({ welcome: identity, protocol: fc.nat() }),
  fc.record({ refusal: fc.record({ code: fc.string(), message: fc.string() }) }),
);

describe('a hello', () => {
  test('from a member of the same cluster is accepted', () => {
    expect(judgeHello(local, both, hello)).toEqual({ type: 'accepted', protocol: 2, dialer: from });
  });

  test('from a member of any cluster is accepted by a blank node', () => {
    expect(judgeHello({ ...local, clusterId: null }, both, hello)).toEqual({
      type: 'accepted',
      protocol: 2,
      dialer: from,
    });
  });

  test('without a target is a probe, whoever asks', () => {
    const probe = { ...hello, to: null };
    for (const clusterId of ['c1', 'c2', null]) {
      const verdict = judgeHello(local, both, { ...probe, from: { ...from, clusterId } });
      expect(verdict).toEqual({ type: 'probe', protocol: 2 });
    }
  });

  const later = { oldest: 3, newest: 3 };
  const refused: [string, Hello, string[]][] = [
    ['protocol-mismatch', { ...hello, protocols: later }, ['protocol 1 to 2', 'speaks 3']],
    ['protocol-mismatch', { ...hello, protocols: later, to: null }, ['protocol 1 to 2', '3']],
    ['cluster-mismatch', { ...hello, from: { ...from, clusterId: 'c2' } }, ['c1', 'c2']],
    ['node-mismatch', { ...hello, to: { nodeId: 'n3', incarnation: 'b' } }, ['n2', 'n3']],
    ['incarnation-mismatch', { ...hello, to: { nodeId: 'n2', incarnation: 'x' } }, ['(b)', '(x)']],
    ['dialer-blank', { ...hello, from: { ...from, clusterId: null } }, ['n1']],
  ];
  for (const [code, refusedHello, named] of refused) {
    test(`is refused as ${code}, naming ${named.join(' and ')}`, () => {
      const verdict = judgeHello(local, both, refusedHello);
      expect(verdict).toMatchObject({ type: 'refused', refusal: { code } });
      for (const name of named) {
        expect(verdict.type === 'refused' && verdict.refusal.message).toContain(name);
      }
    });
  }

  const spoken: [string, ProtocolRange, ProtocolRange, number][] = [
    ['two of a version agree on it', both, both, 2],
    ['a dialer that knows more comes down', { oldest: 1, newest: 9 }, both, 2],
    ['a dialer that knows less is met', { oldest: 1, newest: 1 }, both, 1],
    ['a listener that knows less is met', both, { oldest: 1, newest: 1 }, 1],
  ];
  for (const [what, protocols, ours, protocol] of spoken) {
    test(`agrees on the newest protocol that both know: ${what}`, () => {
      expect(judgeHello(local, ours, { ...hello, protocols })).toMatchObject({ protocol });
    });
  }

  describe('between a node of version 1 and one of this', () => {
    // What version 1 wrote and what it looked at.
    const first = { protocol: 1, from, to: { nodeId: 'n2', incarnation: 'b' } };

    test('is read when version 1 sends it: one connection for everything', () => {
      expect(decodeHello(Buffer.from(JSON.stringify(first)))).toEqual({
        ...hello,
        protocols: { oldest: 1, newest: 1 },
      });
    });

    test('is what version 1 takes: its own hello, and fields that it does not look at', () => {
      expect(JSON.parse(encodeHello(hello).toString())).toMatchObject(first);
    });

    test('is answered in a way that both read', () => {
      expect(decodeAnswer(Buffer.from(JSON.stringify({ welcome: local })))).toEqual({
        welcome: local,
        protocol: 1,
      });
      const welcome = JSON.parse(
        encodeAnswer({ welcome: local, protocol: 1 }).toString(),
      ) as object;
      expect(welcome).toMatchObject({ welcome: local });
    });
  });

  test('for a lane that does not exist is malformed', () => {
    const unknown = JSON.stringify({ protocol: 1, newest: 3, lane: 'side', from, to: null });
    expect(() => decodeHello(Buffer.from(unknown))).toThrow('lane is neither control nor bulk');
  });

  test.prop([anyHello])('comes back from its bytes', (sent) => {
    expect(decodeHello(encodeHello(sent))).toEqual(sent);
  });

  test.prop([anyAnswer])('gets an answer that comes back from its bytes', (sent) => {
    expect(decodeAnswer(encodeAnswer(sent))).toEqual(sent);
  });

  test('is read even when a later version has added fields', () => {
    const sent = JSON.parse(encodeHello(hello).toString()) as Record<string, unknown>;
    const later = { ...sent, compression: 'none', from: { ...from, zone: 'b' } };
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
