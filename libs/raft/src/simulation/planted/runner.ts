import type { Applied } from '../../node/sessions/applied.js';
import type { Sight } from '../world/ledger.js';
import { withDriver, withPorts } from './broken-driver.js';
import type { Planted } from './planted.js';

/** Between core and world (the runner): what the effects of a step ask for, done wrong. */
export const runnerFaults: readonly Planted[] = [
  {
    name: 'sends-what-waits-for-the-disk',
    what: 'the outbox holds nothing back',
    product: withDriver(({ outbox }, ports) => {
      outbox.hold = ({ to, message }) => ports.send(to, message);
    }),
    breaks: ['durableFirst'],
  },
  {
    name: 'releases-after-a-failed-write',
    what: 'the outbox lets go when a write has ended, well or not',
    product: withDriver(({ outbox, writer }) => {
      const { ports } = writer;
      const failed = ports.failed.bind(ports);
      ports.failed = (write, error) => {
        outbox.release(write);
        failed(write, error);
      };
    }),
    breaks: ['durableFirst'],
  },
  {
    name: 'skips-an-entry',
    what: 'the applier leaves out a command now and then',
    product: withPorts((ports) => {
      let last: Applied<Sight> | null = null;
      return {
        apply: (command) => {
          if (last === null || command.index % 50 < 49) last = ports.apply(command);
          return last;
        },
      };
    }),
    breaks: ['appliedInOrder', 'acknowledged', 'linearizable', 'liveness'],
  },
  {
    name: 'applies-twice',
    what: 'the applier hands in a command twice now and then',
    product: withPorts((ports) => ({
      apply: (command) => {
        if (command.index % 50 === 49) ports.apply(command);
        return ports.apply(command);
      },
    })),
    breaks: ['appliedInOrder'],
  },
  {
    name: 'reads-before-it-has-applied',
    what: 'a read does not wait until the state has come to its read index',
    product: withDriver(({ requests: { freshReads } }) => {
      const serveFrom = freshReads.serveFrom.bind(freshReads);
      freshReads.serveFrom = (_index, reads) => serveFrom(0, reads);
    }),
    breaks: ['linearizable'],
  },
  {
    name: 'takes-any-entry-for-its-own',
    what: 'whatever is applied at a command’s place is taken for the command',
    product: withDriver(({ requests: { placed } }) => {
      const settle = placed.settle.bind(placed);
      placed.settle = (write, _term, applied) => settle(write, applied.term, applied);
    }),
    breaks: ['acknowledged'],
  },
  {
    name: 'sends-proposals-twice',
    what: 'a forwarded command that may have been lost is sent once more',
    product: withPorts((ports) => ({
      send: (to, message) => {
        ports.send(to, message);
        if (message.type === 'propose-request') ports.send(to, message);
      },
    })),
    breaks: ['appliedOnce'],
  },
];
