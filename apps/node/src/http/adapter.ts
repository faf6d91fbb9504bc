import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { maxKeyBytes, maxValueBytes } from '@quorate/contract';
import { errorBody, HttpError, type OriginGuard, toHttpError } from '@quorate/http';
import type { FastifyServerOptions } from 'fastify';
import { sendError } from './error-filter.js';
import { badRequest } from './fields.js';
import { installGuard } from './guard-hook.js';
import { readRawBody } from './raw-body.js';

/** A form or JSON may spend six bytes on one byte of key or value (`\u0001`). */
const MAX_BODY_BYTES = 6 * (maxValueBytes + maxKeyBytes);

/** A request has come in whole after this time, or its connection is closed. */
const REQUEST_TIMEOUT_MS = 30_000;

/** The HTTP server: raw bodies, the guard before every route, and errors in the one shape. */
export function createAdapter(guard: OriginGuard): FastifyAdapter {
  const options: FastifyServerOptions = {
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: 16 * 1024 },
    frameworkErrors: (error, _request, reply) => sendError(reply, toHttpError(error)),
    clientErrorHandler: (error: NodeJS.ErrnoException, socket) =>
      refuseBrokenRequest(error, socket),
  };
  const adapter = new FastifyAdapter(options);
  const server = adapter.getInstance();
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, incoming, done) => {
    readRawBody(incoming, MAX_BODY_BYTES, done);
  });
  installGuard(server, guard);
  return adapter;
}

/** What came in was no HTTP at all, or only nearly: no route will ever see it. */
function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable) return;
  const { status, body } = brokenRequest(error.code);
  const json = JSON.stringify(body);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\n` +
      `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(json)}\r\n\r\n${json}`,
  );
}

function brokenRequest(code: string | undefined): HttpError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new HttpError(431, errorBody('header-too-large', 'The header is too long.'));
    case 'HPE_INVALID_URL':
      return badRequest('The URL holds a character that must be percent-encoded.');
    default:
      return badRequest('The request is not HTTP/1.1.');
  }
}
