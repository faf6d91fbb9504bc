import {
  AddNode,
  maxLogLines,
  type NodeLog,
  type NodeProcess,
  ProcessAction,
  type ProcessList,
  type SupervisorInfo,
} from '@quorate/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { PlaceId } from '../data/place.js';
import { SupervisorError } from '../errors.js';
import type { Fleet } from '../fleet/fleet.js';

const NewNode = AddNode.extend({ id: PlaceId.optional() });
const LogQuery = z.object({ lines: z.coerce.number().int().min(1).max(maxLogLines).default(200) });

interface OneNode {
  Params: { id: string };
}

/** The REST API on the processes of this machine. */
export function routes(app: FastifyInstance, fleet: Fleet, info: SupervisorInfo): void {
  const list = (): ProcessList => ({ processes: fleet.list() });
  app.get('/api/supervisor', () => info);
  app.get('/api/processes', list);

  app.post('/api/nodes', async (request, reply): Promise<NodeProcess> => {
    const { id } = valid(NewNode, request.body ?? {});
    void reply.code(201);
    return fleet.add(id);
  });

  app.get<OneNode>('/api/nodes/:id/log', ({ params, query }): NodeLog => {
    return fleet.logOf(params.id, valid(LogQuery, query).lines);
  });

  app.delete<OneNode>('/api/nodes/:id', async ({ params }): Promise<ProcessList> => {
    await fleet.forget(params.id);
    return list();
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
