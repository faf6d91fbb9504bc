import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { NodeId } from '../../core/entry.js';

/** Why the other side of this connection is not proved to be `id`; null when it is, or without TLS. */
export function certificateProblem(socket: Socket, id: NodeId): string | null {
  if (!(socket instanceof TLSSocket)) return null;
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return `${id} shows no certificate`;
  if (!socket.authorized) {
    return `the certificate of ${id} is not to be trusted: ${reasonOf(socket.authorizationError)}`;
  }
  // What OpenSSL takes for equal may differ in case, and two ids may too.
  const named = certificate.checkHost(id, { subject: 'default', wildcards: false });
  if (named === id) return null;
  const names = certificate.subjectAltName ?? certificate.subject;
  return `the certificate of ${id} is for another node: ${names}`;
}

/** In Node it is a code, whatever its type says. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
