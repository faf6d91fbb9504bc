import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { OriginGuard } from '@quorate/http';
import { AppModule } from './app.module.js';
import { addressOf } from './config/address.js';
import type { Config } from './config/config.js';
import { GuardedIoAdapter } from './gateway/guarded-io-adapter.js';
import { createAdapter } from './http/adapter.js';
import { ErrorFilter } from './http/error-filter.js';
import type { Log } from './log/log.js';
import { NestLogger } from './log/nest-logger.js';
import { RaftService } from './raft/raft.service.js';

/** A node that serves. */
export interface RunningNode {
  /** Hands leadership over where it can, answers what is open, and closes everything. */
  stop(): Promise<void>;
}

/** Starts a node: first its Raft side, then HTTP; whatever fails, nothing is left half started. */
export async function startNode(config: Config, log: Log): Promise<RunningNode> {
  const guard = new OriginGuard({
    hosts: [config.http.host, config.http.advertise, ...config.allowedHosts],
    origins: config.allowedOrigins,
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(config, log),
    createAdapter(guard),
    {
      logger: new NestLogger(log),
      abortOnError: false,
      bodyParser: false,
      // Idle keep-alive connections and watching pages must not hold up a stop.
      forceCloseConnections: true,
    },
  );
  app.useGlobalFilters(new ErrorFilter(log));
  app.useWebSocketAdapter(new GuardedIoAdapter(app, guard));
  try {
    await app.listen({ host: config.http.host, port: config.http.port });
    log.info(
      `listening: HTTP http://${addressOf(config.http.advertise, config.http.port)}, ` +
        `raft ${addressOf(config.raft.advertise, config.raft.port)}, volume ${config.volumeDir}`,
    );
    if (config.bootstrap) await app.get(RaftService).bootstrapIfBlank();
  } catch (error) {
    await app.close();
    throw error;
  }
  return { stop: () => app.close() };
}
