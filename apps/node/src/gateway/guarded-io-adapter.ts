import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { OriginGuard } from '@quorate/http';
import type { Server, ServerOptions } from 'socket.io';

/** A client has nothing long to say. */
const MAX_MESSAGE_BYTES = 16 * 1024;

/** socket.io over WebSocket alone, for the same pages as the REST API. */
export class GuardedIoAdapter extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly guard: OriginGuard,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: Partial<ServerOptions>): Server {
    const guarded: Partial<ServerOptions> = {
      ...options,
      transports: ['websocket'],
      serveClient: false,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      allowRequest: (request, answer) => {
        const refusal = this.guard.refusal(request, true);
        answer(refusal, refusal === null);
      },
    };
    // The declared type demands every option, though none is needed.
    return super.createIOServer(port, guarded as ServerOptions);
  }
}
