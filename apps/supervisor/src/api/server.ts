import type { SupervisorInfo } from '@quorate/contract';
import { errorBody, HttpError, OriginGuard } from '@quorate/http';
import Fastify, { type FastifyInstance } from 'fastify';
import { Server } from 'socket.io';
import { SupervisorError } from '../errors.js';
import type { Fleet } from '../fleet/fleet.js';
import { loopback } from '../fleet/ports.js';
import { dashboard } from './dashboard.js';
import { asHttpError } from './failures.js';
import { Publisher, type PublisherServer } from './publisher.js';
import { routes } from './routes.js';

export interface ApiInit {
  fleet: Fleet;
  info: SupervisorInfo;
  /** Of this machine only; 0 takes a free one. */
  port: number;
  /** Where the built dashboard lies. */
  dashboardDir: string;
  /** Told of failures that nobody foresaw. */
  failed: (error: unknown) => void;
}

/** Far more than the pages of one machine need. */
const maxConnections = 256;
/** Nothing that a reader says is long. */
const maxBodyBytes = 16 * 1024;

/** Serves REST, socket.io and the dashboard until it is closed. */
export async function serve(init: ApiInit): Promise<FastifyInstance> {
  const app = Fastify({ bodyLimit: maxBodyBytes, forceCloseConnections: true });
  const guard = new OriginGuard({ hosts: [], origins: [] });
  app.server.maxConnections = maxConnections;

  guardRequests(app, guard);
  answerFailures(app, init.failed);
  publish(app, guard, init);
  routes(app, init.fleet, init.info);
  await dashboard(app, init.dashboardDir);

  await app.listen({ port: init.port, host: loopback });
  return app;
}

function guardRequests(app: FastifyInstance, guard: OriginGuard): void {
  app.addHook('onRequest', (request, reply, done) => {
    // Its buttons end processes: no other page may frame it and have them pressed.
    void reply.headers({
      'content-security-policy': "frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    });
    const refusal = guard.refusal(request, request.method !== 'GET' && request.method !== 'HEAD');
    if (refusal === null) done();
    else done(new HttpError(403, errorBody('forbidden', refusal)));
  });
}

function answerFailures(app: FastifyInstance, failed: (error: unknown) => void): void {
  app.setErrorHandler((error, _request, reply) => {
    const { status, body } = asHttpError(error);
    if (status === 500) failed(error);
    return reply.code(status).send(body);
  });
  app.setNotFoundHandler((request, reply) => {
    const message = `There is nothing at ${request.method} ${request.url}.`;
    const { status, body } = asHttpError(new SupervisorError('not-found', message));
    return reply.code(status).send(body);
  });
}

function publish(app: FastifyInstance, guard: OriginGuard, { fleet, info }: ApiInit): void {
  const io: PublisherServer = new Server(app.server, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: maxBodyBytes,
    // The list holds the nodes' logs: no foreign page may read it, though reading changes nothing.
    allowRequest: (request, decide) => {
      const refusal = guard.refusal(request, true);
      decide(refusal, refusal === null);
    },
  });
  const publisher = new Publisher(fleet, info, io);
  app.addHook('preClose', async () => {
    publisher.close();
    await io.close();
  });
}
