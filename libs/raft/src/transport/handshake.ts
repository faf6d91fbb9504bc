import { attributesOf, idOf, integerOf, objectOf, parseJson, stringOf } from '../codec/json.js';
import type { NodeId } from '../core/entry.js';
import type { LocalIdentity } from './transport.js';

/** Raised when nodes of two versions could no longer understand each other's frames. */
export const PROTOCOL = 1;

/**
 * The first frame on a connection. Every version of the protocol keeps these fields, so that a node
 * of any other one can be told why it is refused.
 */
export interface Hello {
  readonly protocol: number;
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
  | { readonly type: 'accepted'; readonly dialer: Dialer }
  | { readonly type: 'refused'; readonly refusal: HelloRefusal };

/** Decides what becomes of a hello. A probe only has to be understood. */
export function judgeHello(
  local: LocalIdentity,
  { protocol, from, to }: Hello,
): Verdict | { readonly type: 'probe' } {
  if (protocol !== PROTOCOL) {
    return refuse(
      'protocol-mismatch',
      `${local.nodeId} speaks protocol ${PROTOCOL} and ${from.nodeId} speaks ${protocol}: run versions that fit on both`,
    );
  }
  return to === null ? { type: 'probe' } : judgeDialer(local, from, to);
}

/** Decides whether `local` takes requests from a node that wants to speak to `to`. */
export function judgeDialer(local: LocalIdentity, from: LocalIdentity, to: HelloTarget): Verdict {
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
  return { type: 'accepted', dialer: { ...from, clusterId } };
}

function refuse(code: RefusalCode, message: string): Verdict {
  return { type: 'refused', refusal: { code, message } };
}

export type Answer = { readonly welcome: LocalIdentity } | { readonly refusal: HelloRefusal };

export function encodeHello(hello: Hello): Buffer {
  return Buffer.from(JSON.stringify(hello));
}

export function encodeAnswer(answer: Answer): Buffer {
  return Buffer.from(JSON.stringify(answer));
}

/** @throws MalformedMessageError */
export function decodeHello(payload: Buffer): Hello {
  const hello = parseJson(payload);
  return {
    protocol: integerOf(hello.protocol, 'protocol'),
    from: identityOf(hello.from, 'from'),
    to: hello.to === null ? null : targetOf(hello.to),
  };
}

/** @throws MalformedMessageError */
export function decodeAnswer(payload: Buffer): Answer {
  const answer = parseJson(payload);
  if (answer.refusal === undefined) return { welcome: identityOf(answer.welcome, 'welcome') };
  const refusal = objectOf(answer.refusal, 'refusal');
  return {
    refusal: {
      code: stringOf(refusal.code, 'refusal.code'),
      message: stringOf(refusal.message, 'refusal.message'),
    },
  };
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
