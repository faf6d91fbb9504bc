import {
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  SubscribeMessage,
  WebSocketGateway,
  WebSocketServer,
} from '@nestjs/websockets';
import { type ClientToNode, maxKeyBytes, type NodeToClient, Resume } from '@quorate/contract';
import type { Server } from 'socket.io';
import { z } from 'zod';
import { ClusterService } from '../cluster/cluster.service.js';
import { EventFeed } from '../events/event-feed.js';
import { KvStateMachine } from '../kv/kv-state-machine.js';
import { Log } from '../log/log.js';
import { KeySubscription } from './key-subscription.js';
import { machineClock } from './machine-clock.js';
import { StatusFrames } from './status-frames.js';
import { type NodeSocket, Viewer } from './viewer.js';

const MAX_SOCKETS = 100;
/** At most 20 frames and 20 batches a second. */
const TURN_MS = 50;
const WATCHING = 'watching';
const Prefix = z.string().max(maxKeyBytes).nullable();

/** Shows the node to pages, as it happens. While nobody watches, nothing is computed. */
@WebSocketGateway()
export class NodeGateway implements OnGatewayConnection, OnGatewayDisconnect {
  @WebSocketServer() private readonly server!: Server<ClientToNode, NodeToClient>;
  readonly #viewers = new Map<NodeSocket, Viewer>();
  readonly #keys = new Map<NodeSocket, KeySubscription>();
  readonly #frames: StatusFrames;
  #turns: NodeJS.Timeout | null = null;

  constructor(
    private readonly cluster: ClusterService,
    private readonly events: EventFeed,
    private readonly machine: KvStateMachine,
    private readonly log: Log,
  ) {
    this.#frames = new StatusFrames(events.run, machineClock());
  }

  handleConnection(socket: NodeSocket): void {
    if (this.server.sockets.sockets.size <= MAX_SOCKETS) return;
    this.log.warn(`turning a page away: ${MAX_SOCKETS} are connected`);
    socket.disconnect(true);
  }

  handleDisconnect(socket: NodeSocket): void {
    this.#viewers.delete(socket);
    this.unsubscribe(socket);
    if (this.#viewers.size > 0 || this.#turns === null) return;
    clearInterval(this.#turns);
    this.#turns = null;
  }

  @SubscribeMessage('resume')
  async resume(socket: NodeSocket, message: unknown): Promise<void> {
    const resume = Resume.safeParse(message);
    if (!resume.success) {
      socket.disconnect(true);
      return;
    }
    this.#viewers.set(socket, new Viewer(socket, this.events, resume.data));
    await socket.join(WATCHING);
    this.#frames.renew();
    this.#turns ??= setInterval(() => this.takeTurn(), TURN_MS);
  }

  @SubscribeMessage('keys')
  keys(socket: NodeSocket, message: unknown): void {
    const prefix = Prefix.safeParse(message);
    if (!prefix.success || !this.#viewers.has(socket)) {
      socket.disconnect(true);
      return;
    }
    this.unsubscribe(socket);
    if (prefix.data === null) return;
    this.#keys.set(socket, new KeySubscription(this.machine, prefix.data));
  }

  private unsubscribe(socket: NodeSocket): void {
    this.#keys.get(socket)?.end();
    this.#keys.delete(socket);
  }

  /**
   * The volatile frame goes first: after a reliable message the socket is busy, and would drop it.
   * Every viewer gets the same frame, encoded once.
   */
  private takeTurn(): void {
    const idle = [...this.#viewers].filter(([, viewer]) => viewer.isIdle);
    const now = performance.now();
    const { status } = this.cluster;
    const frame = this.#frames.next(now, status);
    if (frame !== null) this.server.to(WATCHING).volatile.emit('status', frame);
    for (const [socket, viewer] of idle) {
      viewer.sendEvents();
      const changed = this.#keys.get(socket)?.next(now, status.appliedIndex) ?? null;
      if (changed !== null) socket.emit('keys', changed);
    }
  }
}
