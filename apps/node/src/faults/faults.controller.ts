import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { type Fault, type FaultList, FaultRequest } from '@quorate/contract';
import { errorBody, HttpError } from '@quorate/http';
import type { Faults } from '@quorate/raft';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { badRequest } from '../http/fields.js';
import { jsonBody } from '../http/json-body.js';
import { PeerTransport } from '../peers/peer-transport.js';

/** Faults between this node and its peers, for tests and for lessons. */
@Controller('faults')
export class FaultsController {
  constructor(
    private readonly peers: PeerTransport,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  list(): FaultList {
    return { faults: [...this.faults.list()] };
  }

  @Post()
  @HttpCode(200)
  inject(@Req() request: FastifyRequest): Fault {
    const { faults } = this;
    const wanted = jsonBody(request, FaultRequest);
    if (wanted.peer === this.config.id) {
      throw badRequest(`peer='${wanted.peer}' is this node: a fault stands between two.`);
    }
    return faults.inject(wanted);
  }

  @Delete(':id')
  heal(@Param('id') id: string): FaultList {
    if (!this.faults.heal(id)) {
      const message = `No fault '${id}' lasts here: it has been healed, or its time is over.`;
      throw new HttpError(404, errorBody('fault-not-found', message));
    }
    return this.list();
  }

  /** Whoever wanted them. */
  @Delete()
  healAll(): FaultList {
    this.faults.healAll();
    return this.list();
  }

  /** @throws HttpError 404 on a node that takes none. */
  private get faults(): Faults {
    if (this.peers.faults !== null) return this.peers.faults;
    const message = `${this.config.id} takes no faults: it was not started with QUORATE_CHAOS=on.`;
    throw new HttpError(404, errorBody('chaos-off', message));
  }
}
