import type { TransportCounters } from './counters.js';
import type { TcpLimits } from './limits.js';
import type { ProtocolRange } from './protocol.js';
import type { TlsIdentity } from './tls/tls-identity.js';

/** What all connections of one transport have in common. */
export interface TcpSettings {
  readonly limits: TcpLimits;
  readonly protocols: ProtocolRange;
  readonly counters: TransportCounters;
  /** null: plain connections. */
  readonly tls: TlsIdentity | null;
}
