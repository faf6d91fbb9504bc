import type { Caller } from '../calls/caller.js';
import type { Clock } from '../options.js';
import { checkCounter, checkTtl } from '../settings.js';
import { Session, type SessionOptions, type SessionPlace } from './session.js';
import { defaultTtlMs } from './session-rules.js';

/** The sessions that clients use through this node. */
export class Sessions<Result> {
  private readonly used = new Set<Session<Result>>();

  constructor(
    private readonly caller: Caller<Result>,
    private readonly clock: Clock,
  ) {}

  /** A registration that had to be sent twice leaves a session that nobody uses; it expires. */
  async open({ ttlMs = defaultTtlMs, ...options }: SessionOptions): Promise<Session<Result>> {
    checkTtl(ttlMs);
    const terms = this.caller.begin(options);
    const { index } = await this.caller.appendOnce({ type: 'register', ttlMs }, terms);
    return this.resume({ id: index, nextSequence: 1, ttlMs });
  }

  /** @throws RaftError `invalid-argument` */
  resume(place: SessionPlace): Session<Result> {
    checkCounter('id', place.id);
    checkCounter('nextSequence', place.nextSequence);
    if (place.ttlMs !== undefined) checkTtl(place.ttlMs);
    const ended = (session: Session<Result>) => void this.used.delete(session);
    const session = new Session(this.caller, this.clock, place, ended);
    this.used.add(session);
    return session;
  }

  /** No more keep-alives: this node is closing. */
  close(): void {
    for (const session of this.used) session.stop();
  }
}
