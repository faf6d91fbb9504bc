import { Inject } from '@nestjs/common';
import {
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  SubscribeMessage,
  WebSocketGateway,
  WebSocketServer,
} from '@nestjs/websockets';
import { type ClientToNode, type NodeToClient, Resume } from '@quorate/contract';
import type { Server } from 'socket.io';
import { ClusterService } from '../cluster/cluster.service.js';
import { EventFeed } from '../events/event-feed.js';
import { Log } from '../log/log.js';
import { MetricsSampler } from '../metrics/metrics-sampler.js';
import { RaftService } from '../raft/raft.service.js';
import { TraceService } from '../trace/trace.service.js';
import { machineClock } from './machine-clock.js';
import { StatusFrames } from './status-frames.js';
import { type NodeSocket, Viewer } from './viewer.js';

const MAX_SOCKETS = 100;
/** At most 20 frames and 20 batches a second. */
const TURN_MS = 50;
const WATCHING = 'watching';

/** Shows the node to pages, as it happens. While nobody watches, nothing is computed. */
@WebSocketGateway()
export class NodeGateway implements OnGatewayConnection, OnGatewayDisconnect {
  @WebSocketServer() private readonly server!: Server<ClientToNode, NodeToClient>;
  readonly #viewers = new Map<NodeSocket, Viewer>();
  readonly #frames: StatusFrames;
  #metrics: MetricsSampler | null = null;
  #turns: NodeJS.Timeout | null = null;

  constructor(
    private readonly cluster: ClusterService,
    @Inject(RaftService) private readonly raft: RaftService,
    private readonly events: EventFeed,
    private readonly trace: TraceService,
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
    this.#viewers.get(socket)?.follow(null);
    this.#viewers.delete(socket);
    if (this.#viewers.size > 0 || this.#turns === null) return;
    clearInterval(this.#turns);
    this.#turns = null;
    this.#metrics?.stop();
    this.#metrics = null;
  }

  @SubscribeMessage('resume')
  async resume(socket: NodeSocket, message: unknown): Promise<void> {
    const resume = Resume.safeParse(message);
    if (!resume.success) {
      socket.disconnect(true);
      return;
    }
    this.#viewers.get(socket)?.follow(null);
    this.#viewers.set(socket, new Viewer(socket, this.events, resume.data));
    await socket.join(WATCHING);
    this.#frames.renew();
    this.#turns ??= setInterval(() => this.takeTurn(), TURN_MS);
    this.#metrics ??= this.newMetrics();
  }

  @SubscribeMessage('trace')
  follow(socket: NodeSocket, on: unknown): void {
    const viewer = this.#viewers.get(socket);
    if (viewer === undefined || typeof on !== 'boolean') socket.disconnect(true);
    else viewer.follow(on ? this.trace.open() : null);
  }

  /**
   * The volatile frame goes first: after a reliable message the socket is busy, and would drop it.
   * Every viewer gets the same frame, encoded once.
   */
  private takeTurn(): void {
    const idle = [...this.#viewers.values()].filter((viewer) => viewer.isIdle);
    const now = performance.now();
    const frame = this.#frames.next(now, this.cluster.status);
    if (frame !== null) this.server.to(WATCHING).volatile.emit('status', frame);
    const sample = this.#metrics?.next(now) ?? null;
    for (const viewer of idle) {
      viewer.sendEvents();
      viewer.sendTrace();
      if (sample !== null) viewer.sendMetrics(sample);
    }
  }

  private newMetrics(): MetricsSampler {
    return new MetricsSampler(this.events.run, () => this.raft.metrics(), performance.now());
  }
}
