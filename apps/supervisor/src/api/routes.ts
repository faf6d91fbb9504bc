import { AddNode, type NodeProcess, ProcessAction, type ProcessList } from '@quorate/contract';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { PlaceId } from '../data/place.js';
import { SupervisorError } from '../errors.js';
import type { Fleet } from '../fleet/fleet.js';

const NewNode = AddNode.extend({ id: PlaceId.optional() });

/** The REST API on the processes of this machine. */
export function routes(app: FastifyInstance, fleet: Fleet): void {
  app.get('/api/processes', (): ProcessList => ({ processes: fleet.list() }));

  app.post('/api/nodes', async (request, reply): Promise<NodeProcess> => {
    const { id } = valid(NewNode, request.body ?? {});
    void reply.code(201);
    return fleet.add(id);
  });

  app.post<{ Params: { id: string; action: string } }>(
    '/api/nodes/:id/:action',
    (request): Promise<NodeProcess> => {
      const { id, action } = request.params;
      return fleet.perform(id, valid(ProcessAction, action));
    },
  );
}

function valid<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const reasons = result.error.issues.map(({ path, message }) => [...path, message].join(': '));
  throw new SupervisorError('invalid-argument', reasons.join('; '));
}
