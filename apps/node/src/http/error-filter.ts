import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { type HttpError, toHttpError } from '@quorate/http';
import { RaftError, StorageError } from '@quorate/raft';
import type { FastifyReply } from 'fastify';
import type { Log } from '../log/log.js';
import { raftHttpError, storageHttpError } from '../raft/raft-http-error.js';

/** Gives every failure of every route the one shape of errors, and the log what a 500 hides. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const answer = answerOf(error);
    if (answer.status === 500) {
      const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.log.error(`a request failed unforeseen: ${cause}`);
    }
    sendError(host.switchToHttp().getResponse<FastifyReply>(), answer);
  }
}

function answerOf(error: unknown): HttpError {
  if (error instanceof RaftError) return raftHttpError(error);
  if (error instanceof StorageError) return storageHttpError(error);
  return toHttpError(error);
}

export function sendError(reply: FastifyReply, { status, body, headers }: HttpError): void {
  if (status === 429) void reply.header('retry-after', '1');
  void reply.code(status).headers(headers).type('application/json').send(body);
}
