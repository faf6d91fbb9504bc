import { type PlacedConfiguration, voters } from '../../core/configuration.js';
import type { Role } from '../../core/event.js';
import type { CallOptions } from '../options.js';
import type { Peers } from './peers.js';

export interface HandoverPorts {
  readonly core: { readonly role: Role; readonly configuration: PlacedConfiguration };
  readonly peers: Pick<Peers, 'isConnected'>;
  /** How long another may take to lead, in milliseconds. */
  timeoutMs(): number;
  transfer(options: CallOptions): Promise<void>;
}

/** A leader that closes lets another take over first, as long as there is one who can. */
export class Handover {
  /** Aborted when nobody is left. */
  private readonly alone = new AbortController();

  constructor(private readonly ports: HandoverPorts) {}

  /** Resolves when another leads, or it has come to nothing. */
  async run(): Promise<void> {
    if (!this.isPossible()) return;
    try {
      const timeoutMs = this.ports.timeoutMs();
      await this.ports.transfer({ timeoutMs, signal: this.alone.signal });
    } catch {
      // Told as an event. The others miss this leader soon, and elect one by themselves.
    }
  }

  /** A connection has gone, perhaps that to the last who could. */
  look(): void {
    if (!this.isPossible()) this.alone.abort();
  }

  private isPossible(): boolean {
    const { core, peers } = this.ports;
    const others = voters(core.configuration).filter(({ id }) => peers.isConnected(id));
    return core.role === 'leader' && others.length > 0;
  }
}
