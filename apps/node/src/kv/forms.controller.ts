import { Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { Removed, Written } from '@quorate/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fields } from '../http/fields.js';
import { changesState } from '../http/guard-hook.js';
import { sendValue } from './kv-answers.js';
import { readOptions, writeOptions } from './kv-options.js';
import { KvService } from './kv.service.js';

/**
 * The original forms, `/set?key=a&value=1`, with the parameters in the query or in the body. They
 * change state on GET too, and say so, since the guard against foreign pages must know.
 */
@Controller()
export class FormsController {
  constructor(private readonly kv: KvService) {}

  @Get('set')
  @RouteConfig(changesState)
  setByGet(@Req() request: FastifyRequest): Promise<Written> {
    return this.set(request);
  }

  @Post('set')
  @HttpCode(200)
  set(@Req() request: FastifyRequest): Promise<Written> {
    const fields = Fields.ofRequest(request);
    const value = Buffer.from(fields.required('value'));
    return this.kv.set(fields.required('key'), value, writeOptions(fields, request.headers));
  }

  @Get('get')
  getByGet(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.get(request, reply);
  }

  @Post('get')
  async get(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = Fields.ofRequest(request);
    sendValue(reply, await this.kv.get(fields.required('key'), readOptions(fields)));
  }

  @Get('remove')
  @RouteConfig(changesState)
  removeByGet(@Req() request: FastifyRequest): Promise<Removed> {
    return this.remove(request);
  }

  @Delete('remove')
  removeByDelete(@Req() request: FastifyRequest): Promise<Removed> {
    return this.remove(request);
  }

  @Post('remove')
  @HttpCode(200)
  remove(@Req() request: FastifyRequest): Promise<Removed> {
    const fields = Fields.ofRequest(request);
    return this.kv.remove(fields.required('key'), writeOptions(fields, request.headers));
  }
}
