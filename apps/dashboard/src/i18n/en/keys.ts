import type { Vitality } from '../../core/cluster/observation.js';
import type { KvAnswer } from '../../core/keys/kv-exchange.js';
import { integer } from '../../core/words.js';
import { count } from '../phrases.js';
import { cluster } from './cluster.js';

/** Setting, reading and removing one key. */
export const keys = {
  title: 'Keys',
  form: 'One key',
  ask: 'Ask',
  reads: 'Reads are',
  node: (id: string, leads: boolean, vitality: Vitality) =>
    leads ? `${id} (leader)` : vitality === 'live' ? id : `${id} (${cluster.vitality[vitality]})`,
  all: 'All keys',
  key: 'Key',
  value: 'Value',
  noQuorum: 'The quorum is lost: nothing can be written. A local read still answers.',
  noLeader: 'There is no leader: a write waits until one is elected. A local read answers at once.',
  exchanges: 'Requests and answers, newest first',
  promise:
    'Writes are answered once they are committed by a quorum and applied. Nothing is shown as done before.',
  at: (node: string) => `at ${node}`,
  pending: 'Asked; no answer yet…',
  noText: (bytes: number) => `${count(bytes, 'byte')} that are no text`,
  curl: 'Copy the curl line',
  verbs: { set: 'Set', get: 'Get', remove: 'Remove' },
  answer(answer: KvAnswer): string {
    switch (answer.verb) {
      case 'set':
        return `Written at index ${integer(answer.index)}, term ${answer.term}.`;
      case 'remove':
        return answer.existed
          ? `Removed at index ${integer(answer.index)}, term ${answer.term}.`
          : `There was no such key (decided at index ${integer(answer.index)}, term ${answer.term}).`;
      case 'get':
        if (!answer.found) return 'There is no such key.';
        return `Written by index ${integer(answer.found.index)}.`;
    }
  },
};
