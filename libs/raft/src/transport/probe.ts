import { parseAddress } from './address.js';
import { notAnAddress, refusedBy, transportClosed, unreachable } from './failures.js';
import { PROTOCOL } from './handshake.js';
import type { TcpLimits } from './limits.js';
import { OutboundConnection } from './outbound-connection.js';
import type { LocalIdentity } from './transport.js';

/** Asks who answers at `address`. Settles within `limits.handshakeMs`. */
export function probe(
  address: string,
  from: LocalIdentity,
  limits: TcpLimits,
  stop: AbortSignal,
): Promise<LocalIdentity> {
  const target = parseAddress(address);
  if (target === null) return Promise.reject(notAnAddress(address));
  const hello = { protocol: PROTOCOL, from, to: null };
  return new Promise((resolve, reject) => {
    const connection = new OutboundConnection(target, hello, limits, {
      welcomed: (identity) => {
        resolve(identity);
        connection.close('probe answered');
      },
      received: () => undefined,
      drained: () => undefined,
      closed: (reason, refusal) => {
        stop.removeEventListener('abort', abort);
        if (stop.aborted) reject(transportClosed());
        else if (refusal === null) reject(unreachable(reason));
        else reject(refusedBy(address, refusal.message));
      },
    });
    const abort = () => connection.close('the transport closes');
    stop.addEventListener('abort', abort);
  });
}
