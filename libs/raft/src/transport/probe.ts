import { parseAddress } from './address.js';
import { noNode, notAnAddress, refusedBy, transportClosed, unreachable } from './failures.js';
import type { Hello } from './handshake.js';
import { OutboundConnection } from './outbound-connection.js';
import type { TcpSettings } from './tcp-settings.js';
import type { LocalIdentity } from './transport.js';

/** Asks who answers at `address`. Settles within `limits.handshakeMs`. */
export function probe(
  address: string,
  from: LocalIdentity,
  settings: TcpSettings,
  stop: AbortSignal,
): Promise<LocalIdentity> {
  const target = parseAddress(address);
  if (target === null) return Promise.reject(notAnAddress(address));
  const { protocols } = settings;
  const hello: Hello = { protocols, lane: 'control', from, to: null };
  return new Promise((resolve, reject) => {
    const connection = new OutboundConnection(target, hello, settings, {
      welcomed: ({ welcome }) => {
        resolve(welcome);
        connection.close('probe answered');
      },
      received: () => undefined,
      drained: () => undefined,
      closed: (reason, refusal, broken) => {
        stop.removeEventListener('abort', abort);
        if (stop.aborted) reject(transportClosed());
        else if (refusal !== null) reject(refusedBy(address, refusal.message));
        else if (broken) reject(noNode(reason));
        else reject(unreachable(reason));
      },
    });
    const abort = () => connection.close('the transport closes');
    stop.addEventListener('abort', abort);
  });
}
