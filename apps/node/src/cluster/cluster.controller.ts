import { Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import type { ElectionStarted, NodeStatus } from '@quorate/contract';
import type { FastifyRequest } from 'fastify';
import { Fields } from '../http/fields.js';
import { ClusterService } from './cluster.service.js';

/** How this node stands, and who leads. */
@Controller()
export class ClusterController {
  constructor(private readonly cluster: ClusterService) {}

  @Get('status')
  status(): NodeStatus {
    return this.cluster.status;
  }

  @Post('bootstrap')
  @HttpCode(200)
  bootstrap(): Promise<NodeStatus> {
    return this.cluster.bootstrap();
  }

  /** Without `to` it goes to the voter whose log is furthest. */
  @Post('leadership/transfer')
  @HttpCode(200)
  transfer(@Req() request: FastifyRequest): Promise<NodeStatus> {
    return this.cluster.transfer(Fields.ofRequest(request).get('to'));
  }

  /** It stands; whether it wins, its events tell. */
  @Post('election')
  @HttpCode(202)
  elect(): Promise<ElectionStarted> {
    return this.cluster.elect();
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
