import { Inject, Injectable } from '@nestjs/common';
import { type Faults, faultyTransport, tcpTransport, type Transport } from '@quorate/raft';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { peerAddressOf } from '../config/self.js';
import { readTls } from './read-tls.js';

/** How this node reaches its peers. */
@Injectable()
export class PeerTransport {
  readonly transport: Transport;
  /** What can go wrong between them on request; null without `QUORATE_CHAOS=on`. */
  readonly faults: Faults | null;

  constructor(@Inject(CONFIG) config: Config) {
    const { raft, tls, chaos } = config;
    const { host, port } = raft;
    const tcp = tcpTransport({
      listen: { host, port },
      advertise: peerAddressOf(config),
      ...(tls !== null && { tls: readTls(tls) }),
    });
    const faulty = chaos ? faultyTransport(tcp) : null;
    this.transport = faulty ?? tcp;
    this.faults = faulty?.faults ?? null;
  }
}
