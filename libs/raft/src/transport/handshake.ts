import { attributesOf, idOf, integerOf, objectOf, parseJson, stringOf } from '../codec/json.js';
import { MalformedMessageError } from '../codec/malformed.js';
import type { NodeId } from '../core/entry.js';
import type { Lane } from './lane.js';
import { agreedProtocol, inWords } from './protocol.js';
import type { ProtocolRange } from './protocol.js';
import type { LocalIdentity } from './transport.js';

/**
 * The first frame on a connection. Every version of the protocol keeps these fields, so that a node
 * of any other one can be told why it is refused. Version 1 knew neither `newest` nor `lane`, and
 * takes a hello whose `protocol` is 1: so that field names the oldest version the dialer speaks.
 */
export interface Hello {
  readonly protocols: ProtocolRange;
  readonly lane: Lane;
  readonly from: LocalIdentity;
  /** Whom the dialer wants to speak to; null when it only asks who is there. */
  readonly to: HelloTarget | null;
}

export interface HelloTarget {
  readonly nodeId: NodeId;
  readonly incarnation: string;
}

export type RefusalCode =
  | 'protocol-mismatch'
  | 'tls-mismatch'
  | 'certificate-mismatch'
  | 'cluster-mismatch'
  | 'node-mismatch'
  | 'incarnation-mismatch'
  | 'dialer-blank';

/** Why a hello was refused. */
export interface HelloRefusal {
  /** A `RefusalCode`, or one of a later version. */
  readonly code: string;
  /** In words for the people who run the dialer. */
  readonly message: string;
}

/** The node behind an accepted connection. It speaks for its cluster, so it is not blank. */
export interface Dialer extends LocalIdentity {
  readonly clusterId: string;
}

export type Verdict =
  | { readonly type: 'accepted'; readonly protocol: number; readonly dialer: Dialer }
  | { readonly type: 'refused'; readonly refusal: HelloRefusal };

/** The dialer only asks who is there. */
export interface Probe {
  readonly type: 'probe';
  readonly protocol: number;
}

/** Decides what becomes of a hello. A probe only has to be understood. */
export function judgeHello(
  local: LocalIdentity,
  spoken: ProtocolRange,
  hello: Hello & { readonly to: HelloTarget },
): Verdict;
export function judgeHello(
  local: LocalIdentity,
  spoken: ProtocolRange,
  hello: Hello,
): Verdict | Probe;
export function judgeHello(
  local: LocalIdentity,
  spoken: ProtocolRange,
  { protocols, from, to }: Hello,
): Verdict | Probe {
  const protocol = agreedProtocol(spoken, protocols);
  if (protocol === null) {
    return refuse(
      'protocol-mismatch',
      `${local.nodeId} speaks protocol ${inWords(spoken)} and ${from.nodeId} speaks ${inWords(protocols)}: run versions that fit on both`,
    );
  }
  return to === null ? { type: 'probe', protocol } : judgeDialer(local, from, to, protocol);
}

/** Decides whether `local` takes requests from a node that wants to speak to `to`. */
function judgeDialer(
  local: LocalIdentity,
  from: LocalIdentity,
  to: HelloTarget,
  protocol: number,
): Verdict {
  const { clusterId } = from;
  if (clusterId === null) {
    return refuse(
      'dialer-blank',
      `${from.nodeId} belongs to no cluster yet, so ${local.nodeId} takes no requests from it`,
    );
  }
  // A blank node belongs to no cluster yet: the first leader that reaches it adopts it.
  if (local.clusterId !== null && local.clusterId !== clusterId) {
    return refuse(
      'cluster-mismatch',
      `${local.nodeId} is a member of cluster ${local.clusterId}, ${from.nodeId} of cluster ${clusterId}`,
    );
  }
  if (to.nodeId !== local.nodeId) {
    return refuse('node-mismatch', `${local.nodeId} answers at this address, not ${to.nodeId}`);
  }
  if (to.incarnation !== local.incarnation) {
    return refuse(
      'incarnation-mismatch',
      `the volume of ${local.nodeId} (${local.incarnation}) is not the one that the cluster knows (${to.incarnation}): it was emptied or replaced; join ${local.nodeId} again`,
    );
  }
  return { type: 'accepted', protocol, dialer: { ...from, clusterId } };
}

export function refuse(code: RefusalCode, message: string): Verdict {
  return { type: 'refused', refusal: { code, message } };
}

export interface Welcome {
  readonly welcome: LocalIdentity;
  /** The version that both speak from here on. Version 1 does not say it. */
  readonly protocol: number;
}

export type Answer = Welcome | { readonly refusal: HelloRefusal };

export function encodeHello({ protocols, lane, from, to }: Hello): Buffer {
  const { oldest, newest } = protocols;
  return Buffer.from(JSON.stringify({ protocol: oldest, newest, lane, from, to }));
}

export function encodeAnswer(answer: Answer): Buffer {
  return Buffer.from(JSON.stringify(answer));
}

/** @throws MalformedMessageError */
export function decodeHello(payload: Buffer): Hello {
  const hello = parseJson(payload);
  const oldest = integerOf(hello.protocol, 'protocol');
  const newest = hello.newest === undefined ? oldest : integerOf(hello.newest, 'newest');
  return {
    protocols: { oldest, newest },
    lane: hello.lane === undefined ? 'control' : laneNamed(hello.lane),
    from: identityOf(hello.from, 'from'),
    to: hello.to === null ? null : targetOf(hello.to),
  };
}

/** @throws MalformedMessageError */
export function decodeAnswer(payload: Buffer): Answer {
  const answer = parseJson(payload);
  if (answer.refusal === undefined) {
    const welcome = identityOf(answer.welcome, 'welcome');
    const { protocol } = answer;
    return { welcome, protocol: protocol === undefined ? 1 : integerOf(protocol, 'protocol') };
  }
  const refusal = objectOf(answer.refusal, 'refusal');
  return {
    refusal: {
      code: stringOf(refusal.code, 'refusal.code'),
      message: stringOf(refusal.message, 'refusal.message'),
    },
  };
}

function laneNamed(value: unknown): Lane {
  if (value === 'control' || value === 'bulk') return value;
  throw new MalformedMessageError('lane is neither control nor bulk');
}

function targetOf(value: unknown): HelloTarget {
  const target = objectOf(value, 'to');
  return {
    nodeId: idOf(target.nodeId, 'to.nodeId'),
    incarnation: idOf(target.incarnation, 'to.incarnation'),
  };
}

function identityOf(value: unknown, name: string): LocalIdentity {
  const identity = objectOf(value, name);
  const { clusterId } = identity;
  return {
    nodeId: idOf(identity.nodeId, `${name}.nodeId`),
    incarnation: idOf(identity.incarnation, `${name}.incarnation`),
    clusterId: clusterId === null ? null : idOf(clusterId, `${name}.clusterId`),
    attributes: attributesOf(identity.attributes, `${name}.attributes`),
  };
}
