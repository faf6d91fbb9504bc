import type { NodeId } from '../../core/entry.js';
import type { CoreStatus } from '../../core/status.js';
import type { RunnerEvent } from '../event.js';
import { messageOf } from '../message-of.js';
import type { SteadyClock } from '../options.js';
import type { AutopilotRules } from './options.js';
import { type Peer, plan, type Plan } from './plan.js';
import { Tenure } from './tenure.js';

export interface AutopilotPorts extends SteadyClock {
  status(): CoreStatus;
  /** A voter that was heard within this time counts as healthy. */
  healthyMs(): number;
  /** Resolves once the configuration without this member, and no other change, is committed. */
  remove(id: NodeId): Promise<unknown>;
  event(event: RunnerEvent): void;
}

/**
 * Removes servers that are dead for longer than a set time, where this node leads: one at a time, never
 * below a minimum of voters, and only while those that are left can do without it.
 */
export class Autopilot {
  private tenure: Tenure | null = null;
  private lookedAt = -Infinity;
  /** Whose removal was told of last, in a dry run. */
  private told: NodeId | null = null;
  private isRemoving = false;
  private restUntil = -Infinity;
  private cancelLook: () => void = () => undefined;

  constructor(
    private readonly rules: AutopilotRules,
    private readonly ports: AutopilotPorts,
  ) {}

  /** What it would do now, and what it leaves as it is, and why; null where this node does not lead. */
  plan(): Plan | null {
    const { ports, rules } = this;
    const now = ports.now();
    const status = ports.status();
    // Whoever slept has not heard the others meanwhile: that is not their silence.
    const slept = now - this.lookedAt > 2 * rules.intervalMs;
    this.lookedAt = now;
    if (status.role !== 'leader') {
      this.tenure = null;
      return null;
    }
    if (slept || this.tenure?.term !== status.term) this.tenure = new Tenure(status.term);
    const view = this.tenure.look(status, now, ports.healthyMs());
    return plan(view, rules);
  }

  /** From now on it looks regularly. The node calls it. */
  start(): void {
    this.cancelLook = this.ports.setTimer(this.rules.intervalMs, () => {
      this.start();
      this.act(this.plan()?.remove ?? null);
    });
  }

  /** It does nothing any more. The node calls it. */
  stop(): void {
    this.cancelLook();
  }

  private act(peer: Peer | null): void {
    if (this.rules.dryRun) this.tellOnce(peer);
    else if (peer !== null && !this.isRemoving && this.ports.now() >= this.restUntil) {
      void this.remove(peer);
    }
  }

  private tellOnce(peer: Peer | null): void {
    if (peer !== null && peer.id !== this.told) {
      const { id, silentMs } = peer;
      this.ports.event({ type: 'autopilot-would-remove', peer: id, silentMs });
    }
    this.told = peer?.id ?? null;
  }

  private async remove({ id, silentMs }: Peer): Promise<void> {
    const { ports, rules } = this;
    this.isRemoving = true;
    try {
      await ports.remove(id);
      ports.event({ type: 'autopilot-removed', peer: id, silentMs });
    } catch (error) {
      ports.event({ type: 'autopilot-failed', peer: id, error: messageOf(error) });
      this.restUntil = ports.now() + rules.stabilizationMs;
    } finally {
      this.isRemoving = false;
    }
  }
}
