import type { Entry } from '../../core/entry.js';
import type { Command } from '../state-machine.js';
import type { Proposed } from '../calls/call.js';
import type { Applied } from './applied.js';
import { KeyedResults } from './keyed-results.js';
import { decodeSessionEntry, type SessionEntry } from './session-entry.js';
import { type SessionEvent, type SessionsStatus } from './session-event.js';
import { type SessionRules, sessionRules } from './session-rules.js';
import { earlierTry, heardFrom, opened, type SessionState, withResult } from './session-state.js';
import type { SessionImage } from './session-image.js';

export interface SessionTablePorts<Result> {
  apply(command: Command): Result;
  tell(event: SessionEvent): void;
}

type EntryOf<Type extends SessionEntry['type']> = Extract<SessionEntry, { type: Type }>;
type Place = Pick<Entry, 'index' | 'term'>;

/** What no sum of honest times reaches, and what still can be written. */
const maxClusterTime = 2 ** 47;

/**
 * Lets a command through to the state machine once, however often it is in the log (thesis §6.3). It
 * is a state machine itself: what it holds follows from the entries alone, and so does who expires,
 * by a time that moves with entries only.
 */
export class SessionTable<Result> {
  private clusterTime = 0;
  private sessions = new Map<number, SessionState<Result>>();
  private keys = new KeyedResults<Result>();

  constructor(
    private readonly ports: SessionTablePorts<Result>,
    private readonly rules: SessionRules = sessionRules,
  ) {}

  apply({ index, term, data }: Entry): Applied<Result> {
    const entry = decodeSessionEntry(data);
    if (entry === null) return 'malformed';
    const place = { index, term };
    switch (entry.type) {
      case 'register':
        return this.register(place, entry);
      case 'command':
        return this.command(place, entry);
      case 'keep-alive':
        return this.keepAlive(place, entry);
      case 'close':
        return this.close(place, entry);
      case 'time':
        return this.advance(place, entry);
      case 'keyed':
        return this.keyed(place, entry);
    }
  }

  get status(): SessionsStatus {
    const { sessions, keys, clusterTime } = this;
    return { count: sessions.size, keys: keys.size, clusterTimeMs: clusterTime };
  }

  /** The shortest life of all that is kept here; null when cluster time need not move. */
  shortestTtlMs(): number | null {
    let shortest = this.keys.size === 0 ? Infinity : this.rules.keyTtlMs;
    for (const { ttlMs } of this.sessions.values()) shortest = Math.min(shortest, ttlMs);
    return shortest === Infinity ? null : shortest;
  }

  /** Everything as it is now, to be kept in a snapshot. */
  image(): SessionImage<Result> {
    const { clusterTime, sessions, keys } = this;
    return { clusterTime, sessions: [...sessions.values()], keys: keys.all() };
  }

  replaceBy({ clusterTime, sessions, keys }: SessionImage<Result>): void {
    this.clusterTime = clusterTime;
    this.sessions = new Map(sessions.map((session) => [session.id, session]));
    this.keys = new KeyedResults(keys);
  }

  // --- one method for each kind of entry -----------------------------------------------------------

  /** Never drops another session for it: that one's client relies on it. */
  private register(place: Place, { ttlMs }: EntryOf<'register'>): Applied<Result> {
    if (this.sessions.size >= this.rules.maxSessions) return 'overloaded';
    this.sessions.set(place.index, opened(place.index, ttlMs));
    this.ports.tell({ type: 'session-opened', session: place.index, open: this.sessions.size });
    return done(place);
  }

  private command(place: Place, entry: EntryOf<'command'>): Applied<Result> {
    const before = this.sessions.get(entry.session);
    if (before === undefined) return 'session-expired';
    const session = heardFrom(before, entry.acknowledgedBelow);
    this.sessions.set(session.id, session);
    const earlier = earlierTry(session, entry);
    if (earlier !== null) return earlier;
    if (session.kept.length >= this.rules.maxKeptResults) return 'overloaded';
    const answer = this.perform(place, entry.data);
    this.sessions.set(session.id, withResult(session, entry, answer));
    return answer;
  }

  private keyed(place: Place, { key, data }: EntryOf<'keyed'>): Applied<Result> {
    const earlier = this.keys.earlierTry(key, data);
    if (earlier !== null) return earlier;
    const answer = this.perform(place, data);
    this.keys.keep(key, data, answer, this.clusterTime);
    this.keys.forget(this.clusterTime, this.rules);
    return answer;
  }

  private keepAlive(place: Place, entry: EntryOf<'keep-alive'>): Applied<Result> {
    const session = this.sessions.get(entry.session);
    if (session === undefined) return 'session-expired';
    this.sessions.set(session.id, heardFrom(session));
    return done(place);
  }

  private close(place: Place, { session }: EntryOf<'close'>): Applied<Result> {
    // Gone is gone: a close that is sent twice has done what it was to do.
    if (this.sessions.delete(session)) {
      this.ports.tell({ type: 'session-closed', session, open: this.sessions.size });
    }
    return done(place);
  }

  /**
   * The one place where sessions expire, so at the same entry on every node. A session was heard some
   * time before this entry, nobody knows when: its idle time is counted from here, never from earlier.
   */
  private advance(place: Place, { elapsedMs }: EntryOf<'time'>): Applied<Result> {
    const now = Math.min(this.clusterTime + elapsedMs, maxClusterTime);
    this.clusterTime = now;
    let expired = 0;
    for (const session of this.sessions.values()) {
      const { id, idleSince, ttlMs } = session;
      if (idleSince === null) this.sessions.set(id, { ...session, idleSince: now });
      else if (now - idleSince >= ttlMs && this.sessions.delete(id)) expired++;
    }
    this.keys.forget(now, this.rules);
    if (expired > 0) {
      this.ports.tell({ type: 'sessions-expired', expired, open: this.sessions.size });
    }
    return done(place);
  }

  private perform(place: Place, data: Uint8Array): Proposed<Result> {
    return { ...place, result: this.ports.apply({ ...place, data }) };
  }
}

function done(place: Place): Proposed<undefined> {
  return { ...place, result: undefined };
}
