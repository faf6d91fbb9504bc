import { Controller, Delete, Get, Put, Req, Res } from '@nestjs/common';
import type {
  KeyCount,
  KeyList,
  KeySearch,
  KeyTree,
  PrefixRemoved,
  Removed,
  Written,
} from '@quorate/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fields } from '../http/fields.js';
import { keyList, sendValue } from './kv-answers.js';
import { queryOf, rangeOf, readOptions, writeOptions } from './kv-options.js';
import { KvService, type WriteOptions } from './kv.service.js';

/** Everything behind `/kv/` is the key, decoded: an empty one too, and slashes. */
type KeyRequest = FastifyRequest<{ Params: { '*': string } }>;

const empty = new Uint8Array(0);

/** The store by its resources. Every body is a raw value, whatever its content type. */
@Controller('kv')
export class KvController {
  constructor(private readonly kv: KvService) {}

  @Put('*')
  put(@Req() request: KeyRequest): Promise<Written> {
    const value = request.body instanceof Uint8Array ? request.body : empty;
    return this.kv.set(request.params['*'], value, optionsOf(request));
  }

  @Delete('*')
  remove(@Req() request: KeyRequest): Promise<Removed> {
    return this.kv.remove(request.params['*'], optionsOf(request));
  }

  @Get('*')
  async get(@Req() request: KeyRequest, @Res() reply: FastifyReply): Promise<void> {
    const options = readOptions(Fields.ofQuery(request.url));
    sendValue(reply, await this.kv.get(request.params['*'], options));
  }

  /** The listing; with `count`, `contains` or `delimiter` something else about the same range. */
  @Get()
  async list(@Req() request: FastifyRequest): Promise<KeyList | KeyTree | KeySearch | KeyCount> {
    const fields = Fields.ofQuery(request.url);
    const options = readOptions(fields);
    const range = rangeOf(fields);
    const query = queryOf(fields);
    switch (query.type) {
      case 'count':
        return this.kv.count(range.prefix, options);
      case 'search':
        return this.kv.search(range, query.text, options);
      case 'tree':
        return this.kv.tree(range, query.delimiter, options);
      case 'list':
        return keyList(await this.kv.list(range, options));
    }
  }

  @Delete()
  removePrefix(@Req() request: FastifyRequest): Promise<PrefixRemoved> {
    const fields = Fields.ofQuery(request.url);
    return this.kv.removePrefix(fields.required('prefix'), writeOptions(fields, request.headers));
  }
}

function optionsOf({ url, headers }: KeyRequest): WriteOptions {
  return writeOptions(Fields.ofQuery(url), headers);
}
