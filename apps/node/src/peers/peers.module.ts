import { Module } from '@nestjs/common';
import { PeerTransport } from './peer-transport.js';

@Module({ providers: [PeerTransport], exports: [PeerTransport] })
export class PeersModule {}
