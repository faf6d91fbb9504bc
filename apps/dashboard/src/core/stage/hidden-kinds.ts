import { type MessageKind, messageKinds } from '../flights/message-kind.js';
import type { Place } from '../place.js';

/** Kinds of messages that nobody wants to see on the stage: they stand in its address. */
export function hiddenKinds({ without }: Place['params']): ReadonlySet<MessageKind> {
  const named = without?.split(',');
  return new Set(messageKinds.filter((kind) => named?.includes(kind)));
}

/** The same as a parameter; null for none. */
export function withoutParam(hidden: ReadonlySet<MessageKind>): string | null {
  return hidden.size === 0 ? null : [...hidden].join(',');
}
