import type { KvAnswer } from '../../core/keys/kv-exchange.js';
import { integer } from '../../core/words.js';

/** Setting, reading and removing one key. */
export const keys = {
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
