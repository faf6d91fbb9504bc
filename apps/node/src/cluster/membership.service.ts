import { Inject, Injectable } from '@nestjs/common';
import type { AutopilotStatus, MemberChange, Probed, Written } from '@quorate/contract';
import {
  type CallOptions,
  type ChangeOptions,
  type MembershipChanges,
  type NewMember,
  RaftError,
} from '@quorate/raft';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { urlOf } from '../raft/raft-http-error.js';
import { RaftService } from '../raft/raft.service.js';

/** Who is in the cluster. */
@Injectable()
export class MembershipService {
  constructor(
    @Inject(RaftService) private readonly raft: RaftService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** What is to become of dead servers, as this node would have it now. */
  get autopilot(): AutopilotStatus {
    const plan = this.raft.autopilot?.plan() ?? null;
    const mode = this.config.autopilot?.dryRun === true ? 'dry-run' : 'on';
    return {
      mode: this.config.autopilot === null ? 'off' : mode,
      plan: plan && { remove: plan.remove, keep: [...plan.keep] },
    };
  }

  /** Adds a member. A blank node that is asked founds the cluster first, if the peer can be had. */
  async join(member: NewMember, options: CallOptions): Promise<Written> {
    try {
      return await this.change({ add: [member] }, options);
    } catch (error) {
      if (!(error instanceof RaftError && error.code === 'not-bootstrapped')) throw error;
    }
    await this.raft.bootstrapIfBlank();
    return this.change({ add: [member] }, options);
  }

  /** Resolves once all of it is committed together. */
  async change(changes: MembershipChanges, options: ChangeOptions): Promise<Written> {
    const { index, term } = await this.raft.membership.change(changes, options);
    return { index, term };
  }

  /** Who answers at this address. */
  async probe(address: string): Promise<Probed> {
    const {
      nodeId: id,
      clusterId,
      incarnation,
      attributes,
    } = await this.raft.membership.probe(address);
    return { id, clusterId, incarnation, url: urlOf(attributes) };
  }
}

/** The changes by what they do, as the library takes them. */
export function byKind(changes: readonly MemberChange[]): MembershipChanges {
  const idsOf = (kind: 'promote' | 'demote' | 'remove') =>
    changes.filter(({ type }) => type === kind).map(({ id }) => id);
  const add = changes
    .filter((change) => change.type === 'add')
    .map(({ id, address, learner = false }) => ({ id, address, learner }));
  return { add, promote: idsOf('promote'), demote: idsOf('demote'), remove: idsOf('remove') };
}
