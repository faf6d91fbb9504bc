import type { TracedMessage } from '@quorate/contract';
import type { AppendRequest, Message, SnapshotRequest } from '@quorate/raft';

/** A message without its bulk: its numbers and words, and how much of what it carries. */
export function tracedMessage(message: Message): TracedMessage {
  switch (message.type) {
    case 'append-request':
      return message.entries.length === 0
        ? plain(message)
        : { ...plain(message), entries: carriedEntries(message) };
    case 'propose-request': {
      const { commands } = message;
      const bytes = commands.reduce((sum, { data }) => sum + data.length, 0);
      return { ...plain(message), commands: commands.length, bytes };
    }
    case 'snapshot-request':
      return { ...plain(message), ...carriedPiece(message) };
    case 'membership-request': {
      const changes = message.change.changes.map((change) => {
        return `${change.type} ${change.type === 'add' ? change.member.id : change.id}`;
      });
      return { ...plain(message), changes: changes.join(', ') };
    }
    default:
      return plain(message);
  }
}

function plain(message: Message): TracedMessage {
  const { type, term } = message;
  const told: TracedMessage = { type, term };
  for (const [name, value] of Object.entries(message)) {
    if (value === null || typeof value !== 'object') told[name] = value;
  }
  return told;
}

/** Each term that is in it stands there once. */
function carriedEntries({ prevIndex, entries }: AppendRequest): TracedMessage['entries'] {
  let bytes = 0;
  const terms = new Set<number>();
  for (const { term, data } of entries) {
    bytes += data.length;
    terms.add(term);
  }
  return { from: prevIndex + 1, to: prevIndex + entries.length, bytes, terms: [...terms] };
}

function carriedPiece({ snapshot, data }: SnapshotRequest) {
  const { index, term: snapshotTerm, bytes } = snapshot;
  return { index, snapshotTerm, bytes, piece: data.length };
}
