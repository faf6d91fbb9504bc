import type { Command } from '../../node/state-machine.js';
import { Replica } from '../../node/sessions/replica.js';
import { Ledger, type Page, type Sight } from './ledger.js';

/** What a simulated node replicates: a ledger, and the product's own sessions before it. */
export class SimReplica extends Replica<Sight> {
  readonly ledger: Ledger;

  /** @param seen is told of every state that the ledger comes to */
  constructor(seen: (page: Page) => void) {
    const ledger = new Ledger();
    const apply = (command: Command) => {
      const sight = ledger.apply(command);
      seen(sight.page);
      return sight;
    };
    super({ stateMachine: { apply }, tell: () => undefined });
    this.ledger = ledger;
  }
}
