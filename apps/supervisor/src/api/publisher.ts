import type { SupervisorInfo, SupervisorToClient } from '@quorate/contract';
import type { Server, Socket } from 'socket.io';
import type { Fleet } from '../fleet/fleet.js';

type NoEvents = Record<string, never>;
export type PublisherServer = Server<NoEvents, SupervisorToClient>;
type Reader = Socket<NoEvents, SupervisorToClient>;

/** Milliseconds from a change to the list that shows it. A death shows at once, a log need not. */
const delayOf = { state: 10, log: 500 } as const;
/** Milliseconds until a reader that was busy is tried again. */
const retryMs = 25;

/**
 * Sends the whole list of processes to every reader: at once, and after each change. Changes that
 * come together make one list. A reader that is still busy with the last one gets the newest when
 * it is done, so a slow reader costs no memory.
 */
export class Publisher {
  readonly #fleet: Fleet;
  readonly #behind = new Set<Reader>();
  #timer: NodeJS.Timeout | null = null;
  #due = Infinity;

  constructor(fleet: Fleet, info: SupervisorInfo, server: PublisherServer) {
    this.#fleet = fleet;
    server.on('connection', (reader) => {
      reader.emit('supervisor', info);
      reader.on('disconnect', () => this.#behind.delete(reader));
      this.#behind.add(reader);
      this.#schedule(0);
    });
    fleet.onChange((what) => {
      for (const reader of server.sockets.sockets.values()) this.#behind.add(reader);
      if (this.#behind.size > 0) this.#schedule(delayOf[what]);
    });
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  #schedule(delayMs: number): void {
    const due = performance.now() + delayMs;
    if (due >= this.#due) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => {
      this.#publish();
    }, delayMs);
  }

  #publish(): void {
    this.#due = Infinity;
    const list = { processes: this.#fleet.list() };
    for (const reader of this.#behind) {
      if (!reader.conn.transport.writable) continue;
      this.#behind.delete(reader);
      reader.emit('processes', list);
    }
    if (this.#behind.size > 0) this.#schedule(retryMs);
  }
}
