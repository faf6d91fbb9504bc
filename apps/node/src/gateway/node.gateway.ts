import { Inject } from '@nestjs/common';
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
import { MetricsSampler } from '../metrics/metrics-sampler.js';
import { RaftService } from '../raft/raft.service.js';
import { TraceService } from '../trace/trace.service.js';
import { KeySubscription } from './key-subscription.js';
import { machineClock } from './machine-clock.js';
import { StatusFrames } from './status-frames.js';
import { type NodeSocket, Viewer } from './viewer.js';

const MAX_SOCKETS = 100;
/** At most 20 frames and 20 batches a second. */
const TURN_MS = 50;
const WATCHING = 'watching';
const Prefix = z.string().max(maxKeyBytes).nullable();
const Switch = z.boolean();

/** What is done while somebody watches. */
interface Watch {
  readonly turns: NodeJS.Timeout;
  readonly metrics: MetricsSampler;
}

/** Shows the node to pages, as it happens. While nobody watches, nothing is computed. */
@WebSocketGateway()
export class NodeGateway implements OnGatewayConnection, OnGatewayDisconnect {
  @WebSocketServer() private readonly server!: Server<ClientToNode, NodeToClient>;
  readonly #viewers = new Map<NodeSocket, Viewer>();
  readonly #frames: StatusFrames;
  #watch: Watch | null = null;

  constructor(
    @Inject(RaftService) private readonly raft: RaftService,
    private readonly cluster: ClusterService,
    private readonly events: EventFeed,
    private readonly trace: TraceService,
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
    this.#viewers.get(socket)?.leave();
    this.#viewers.delete(socket);
    if (this.#viewers.size > 0 || this.#watch === null) return;
    clearInterval(this.#watch.turns);
    this.#watch.metrics.stop();
    this.#watch = null;
  }

  @SubscribeMessage('resume')
  async resume(socket: NodeSocket, message: unknown): Promise<void> {
    const resume = Resume.safeParse(message);
    if (!resume.success) {
      socket.disconnect(true);
      return;
    }
    this.#viewers.get(socket)?.leave();
    this.#viewers.set(socket, new Viewer(socket, this.events, resume.data));
    this.#watch ??= this.beginWatch();
    await socket.join(WATCHING);
    this.#frames.renew();
  }

  @SubscribeMessage('trace')
  followTrace(socket: NodeSocket, message: unknown): void {
    const viewer = this.#viewers.get(socket);
    const on = Switch.safeParse(message);
    if (!on.success || viewer === undefined) socket.disconnect(true);
    else viewer.follow(on.data ? this.trace.open() : null);
  }

  @SubscribeMessage('keys')
  watchKeys(socket: NodeSocket, message: unknown): void {
    const viewer = this.#viewers.get(socket);
    const prefix = Prefix.safeParse(message);
    if (!prefix.success || viewer === undefined) socket.disconnect(true);
    else if (prefix.data === null) viewer.subscribe(null);
    else viewer.subscribe(new KeySubscription(this.machine, prefix.data));
  }

  private beginWatch(): Watch {
    return {
      turns: setInterval(() => this.takeTurn(), TURN_MS),
      metrics: new MetricsSampler(this.events.run, () => this.raft.metrics(), performance.now()),
    };
  }

  /**
   * The volatile frame goes first: after a reliable message the socket is busy, and would drop it.
   * Every viewer gets the same frame, encoded once.
   */
  private takeTurn(): void {
    const idle = [...this.#viewers.values()].filter((viewer) => viewer.isIdle);
    const now = performance.now();
    const { status } = this.cluster;
    const frame = this.#frames.next(now, status);
    if (frame !== null) this.server.to(WATCHING).volatile.emit('status', frame);
    const metrics = this.#watch?.metrics.next(now) ?? null;
    for (const viewer of idle) viewer.send({ now, appliedIndex: status.appliedIndex, metrics });
  }
}
