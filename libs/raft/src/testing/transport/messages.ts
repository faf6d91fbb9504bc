import type { AppendRequest, Message, ProposeRequest } from '../../core/message.js';

export const heartbeat: Message = {
  type: 'heartbeat',
  term: 3,
  session: 1,
  commit: 7,
  readPosition: 2,
  sentAt: 5,
  echo: 6,
  known: 7,
  quorumAgeMs: 8,
};

export const response: Message = {
  type: 'heartbeat-response',
  term: 3,
  session: 1,
  readPosition: 2,
  sentAt: 5,
  holdMs: 500,
  clock: 6,
};

export function append(from: number, count: number): AppendRequest {
  const entries = Array.from({ length: count }, (_, at) => ({
    index: from + at,
    term: 2,
    type: 'command' as const,
    data: Buffer.alloc(100, at),
  }));
  return {
    type: 'append-request',
    term: 3,
    session: 1,
    prevIndex: from - 1,
    prevTerm: 2,
    entries,
    commit: 0,
  };
}

export function proposal(id: number): ProposeRequest {
  return {
    type: 'propose-request',
    term: 3,
    id,
    commands: [{ type: 'command', data: Buffer.from(`command ${id}`) }],
  };
}

/** As text, so that it does not count what kind of byte array holds the data. */
export function inText(message: Message): string {
  return JSON.stringify(message, function (this: Record<string, unknown>, name, value: unknown) {
    const held = this[name];
    return held instanceof Uint8Array ? Buffer.from(held).toString('hex') : value;
  });
}
