import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  type AutopilotStatus,
  MemberChanges,
  type Probed,
  ProbeRequest,
  type Written,
} from '@quorate/contract';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Fields } from '../http/fields.js';
import { changesState } from '../http/guard-hook.js';
import { jsonBody } from '../http/json-body.js';
import { requestOptions } from '../kv/kv-options.js';
import { joinRequest } from './join-request.js';
import { byKind, MembershipService } from './membership.service.js';

/** Changes of the membership, and the look at a node before it is joined. */
@Controller()
export class MembershipController {
  constructor(
    private readonly membership: MembershipService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('join')
  @RouteConfig(changesState)
  joinByGet(@Req() request: FastifyRequest): Promise<Written> {
    return this.join(request);
  }

  @Post('join')
  @HttpCode(200)
  join(@Req() request: FastifyRequest): Promise<Written> {
    const fields = Fields.ofRequest(request);
    return this.membership.join(
      joinRequest(fields, this.config.raft.advertise),
      requestOptions(fields),
    );
  }

  @Post('probe')
  @HttpCode(200)
  probe(@Req() request: FastifyRequest): Promise<Probed> {
    return this.membership.probe(jsonBody(request, ProbeRequest).address);
  }

  @Post('members/changes')
  @HttpCode(200)
  change(@Req() request: FastifyRequest): Promise<Written> {
    const { changes, ...condition } = jsonBody(request, MemberChanges);
    return this.membership.change(byKind(changes), { ...optionsOf(request), ...condition });
  }

  @Delete('members/:id')
  remove(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Written> {
    return this.membership.change({ remove: [id] }, optionsOf(request));
  }

  @Post('members/:id/promote')
  @HttpCode(200)
  promote(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Written> {
    return this.membership.change({ promote: [id] }, optionsOf(request));
  }

  @Post('members/:id/demote')
  @HttpCode(200)
  demote(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Written> {
    return this.membership.change({ demote: [id] }, optionsOf(request));
  }

  @Get('autopilot')
  autopilot(): AutopilotStatus {
    return this.membership.autopilot;
  }
}

function optionsOf({ url }: FastifyRequest) {
  return requestOptions(Fields.ofQuery(url));
}
