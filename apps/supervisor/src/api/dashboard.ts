import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Quorate</title>
<h1>The dashboard is not built</h1>
<p>The supervisor runs, and so may its nodes, but there is no page to show.</p>
<p>Run <code>npm run build</code> and start again. <code>npm start</code> does both.</p>
<p><a href="/api/processes">The processes</a>, as data.</p>
</html>
`;

/** Serves the built dashboard, or a page that says how to build it. */
export async function dashboard(app: FastifyInstance, directory: string): Promise<void> {
  if (!existsSync(join(directory, 'index.html'))) {
    app.get('/', (_request, reply) => reply.code(503).type('text/html').send(notBuilt));
    return;
  }
  await app.register(fastifyStatic, {
    root: directory,
    cacheControl: false,
    setHeaders: (reply, path) => {
      // The names under assets/ hold a hash of what is inside.
      const lasting = path.startsWith(join(directory, 'assets'));
      void reply.header('cache-control', lasting ? 'max-age=31536000, immutable' : 'no-cache');
    },
  });
}
