import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { webcrypto } from 'node:crypto';
import type { X509Certificate } from '@peculiar/x509';
import type { TcpTls } from '../tls/tls-identity.js';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 60 * 60 * 1000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

export interface CertificateOptions {
  /** DNS names. Default: the name itself. */
  readonly dns?: readonly string[];
  /** Default: in a day. */
  readonly notAfter?: Date;
}

export const expired: CertificateOptions = { notAfter: inDays(-1) };

/** Signs certificates for the nodes of one cluster. */
export class Authority {
  private constructor(
    private readonly certificate: X509Certificate,
    private readonly keys: webcrypto.CryptoKeyPair,
  ) {}

  static async create(name: string): Promise<Authority> {
    const keys = await newKeys();
    const certificate = await X509CertificateGenerator.createSelfSigned({
      name: `CN=${name}`,
      notBefore: inDays(-2),
      notAfter: inDays(1),
      signingAlgorithm: algorithm,
      keys,
      extensions: [new BasicConstraintsExtension(true, 0, true)],
    });
    return new Authority(certificate, keys);
  }

  /** What a node with such a certificate gives to its transport. */
  async issue(name: string, options: CertificateOptions = {}): Promise<TcpTls> {
    const { dns = [name], notAfter = inDays(1) } = options;
    const keys = await newKeys();
    const names = dns.map((value) => ({ type: 'dns' as const, value }));
    const certificate = await X509CertificateGenerator.create({
      subject: `CN=${name}`,
      issuer: this.certificate.subject,
      notBefore: inDays(-2),
      notAfter,
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey: this.keys.privateKey,
      extensions: names.length === 0 ? [] : [new SubjectAlternativeNameExtension(names)],
    });
    const key = PemConverter.encode(
      await crypto.subtle.exportKey('pkcs8', keys.privateKey),
      'PRIVATE KEY',
    );
    const ca = this.certificate.toString('pem');
    return { key, cert: certificate.toString('pem'), ca };
  }
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}
