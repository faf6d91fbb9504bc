import { errorBody, type OriginGuard } from '@quorate/http';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Route configuration of a route that changes state though its method is GET. */
export const changesState = { changesState: true };

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Puts the guard before every route. Whether a request changes state is told by the route that the
 * router chose, not by the path as sent: `/%73et` is `/set` too.
 */
export function installGuard(server: FastifyInstance, guard: OriginGuard): void {
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(guard.corsHeaders(request));
    const refusal = guard.refusal(request, mayChangeState(request));
    if (refusal !== null) {
      void reply.code(403).send(errorBody('forbidden', refusal));
      return;
    }
    const preflight = guard.preflightHeaders(request.method, request);
    if (preflight !== null) {
      void reply.code(204).headers(preflight).send();
      return;
    }
    done();
  });
}

function mayChangeState(request: FastifyRequest): boolean {
  const config = request.routeOptions.config as Partial<typeof changesState>;
  return !safeMethods.has(request.method) || config.changesState === true;
}
