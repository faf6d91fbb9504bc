import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

/** The ceiling of a REST answer on this stack: one handler that answers a constant of 256 bytes. */
@Controller()
class Constant {
  readonly #answer = 'v'.repeat(256);

  @Get('kv/*')
  answer(): string {
    return this.#answer;
  }
}

@Module({ controllers: [Constant] })
class BareModule {}

const app = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), {
  logger: false,
});
await app.listen(Number(process.env.PORT), '127.0.0.1');
process.send?.('listening');
