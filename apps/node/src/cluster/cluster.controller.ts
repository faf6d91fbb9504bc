import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { NodeStatus, Written } from '@quorate/contract';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Fields } from '../http/fields.js';
import { changesState } from '../http/guard-hook.js';
import { requestOptions } from '../kv/kv-options.js';
import { ClusterService } from './cluster.service.js';
import { joinRequest } from './join-request.js';

/** Status, and the changes of the membership. */
@Controller()
export class ClusterController {
  constructor(
    private readonly cluster: ClusterService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('status')
  status(): NodeStatus {
    return this.cluster.status;
  }

  @Post('bootstrap')
  @HttpCode(200)
  bootstrap(): Promise<NodeStatus> {
    return this.cluster.bootstrap();
  }

  @Get('join')
  @RouteConfig(changesState)
  joinByGet(@Req() request: FastifyRequest): Promise<Written> {
    return this.join(request);
  }

  @Post('join')
  @HttpCode(200)
  join(@Req() request: FastifyRequest): Promise<Written> {
    const fields = Fields.ofRequest(request);
    return this.cluster.join(
      joinRequest(fields, this.config.raft.advertise),
      requestOptions(fields),
    );
  }

  @Delete('members/:id')
  remove(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Written> {
    return this.cluster.change('remove', id, requestOptions(Fields.ofQuery(request.url)));
  }

  @Post('members/:id/promote')
  @HttpCode(200)
  promote(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Written> {
    return this.cluster.change('promote', id, requestOptions(Fields.ofQuery(request.url)));
  }

  @Post('members/:id/demote')
  @HttpCode(200)
  demote(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Written> {
    return this.cluster.change('demote', id, requestOptions(Fields.ofQuery(request.url)));
  }

  /** Without `to` it goes to the voter whose log is furthest. */
  @Post('leadership/transfer')
  @HttpCode(200)
  transfer(@Req() request: FastifyRequest): Promise<NodeStatus> {
    return this.cluster.transfer(Fields.ofRequest(request).get('to'));
  }

  /** The process answers. */
  @Get('health/live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The node can serve: it has a leader, a working disk, and has caught up. */
  @Get('health/ready')
  ready(): { status: 'ok' } {
    this.cluster.checkReady();
    return { status: 'ok' };
  }
}
