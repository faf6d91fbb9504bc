import type { LogIndex, Term } from '../../core/entry.js';
import type { Outbound } from '../../core/message.js';
import { Driver, type DriverPorts } from '../../node/driver.js';
import type { Product } from '../product.js';
import type { Sight } from '../world/ledger.js';

/** What a planted fault reaches for inside of a driver. */
export interface Inside {
  readonly applier: { resumeAt(index: LogIndex): void };
  readonly outbox: { hold(outbound: Outbound): void; release(write: number): void };
  readonly writer: { readonly ports: { failed(write: number, error: unknown): void } };
  readonly requests: {
    readonly freshReads: { serveFrom(index: LogIndex, reads: readonly unknown[]): void };
    readonly placed: { settle(write: unknown, term: Term, applied: { term: Term }): void };
  };
}

/** The product, but for something inside of its driver. */
export function withDriver(
  breakIt: (inside: Inside, ports: DriverPorts<Sight>) => void,
): Partial<Product> {
  return {
    driver: (core, id, tuning, ports) => {
      const driver = new Driver(core, id, tuning, ports);
      breakIt(driver as unknown as Inside, ports);
      return driver;
    },
  };
}

/** The product, but for what its driver asks of the world. */
export function withPorts(
  broken: (ports: DriverPorts<Sight>) => Partial<DriverPorts<Sight>>,
): Partial<Product> {
  return {
    driver: (core, id, tuning, ports) =>
      new Driver(core, id, tuning, { ...ports, ...broken(ports) }),
  };
}
