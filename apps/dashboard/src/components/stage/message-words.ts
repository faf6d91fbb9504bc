import type { TracedMessage } from '@quorate/contract';
import { fateAt, type Flight } from '../../core/flights/flight.js';
import { isPositive, kindOf } from '../../core/flights/message-kind.js';
import type { Catalogue } from '../../i18n/catalogue.js';

type Words = Catalogue['stage'];

/** As `Vote answer −`. */
export function messageInWords(message: TracedMessage, words: Words): string {
  const kind = kindOf(message);
  const name = kind ? words.kinds[kind] : `${words.otherKind} (${message.type})`;
  return words.reply(name, isPositive(message));
}

/** What has become of a message up to a time. */
export function fateInWords(flight: Flight, t: number, words: Words): string {
  const fate = fateAt(flight, t);
  return fate === 'lost' && flight.loss
    ? words.message.lost(flight.loss.side, flight.loss.reason)
    : words.fates[fate];
}
