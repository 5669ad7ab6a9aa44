import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import hoodiecrow, { type ImapServer } from 'hoodiecrow-imap';
import { SMTPServer } from 'smtp-server';
import { MailSettings, type MailIn, type MailOut } from '../../src/mail/mail-settings';

const NAME = 'complaints@house.example';
const PASSWORD = 'a password of a mailbox';

/** A house that sends e-mails, to a server that is never there. */
export const SENDING_NOWHERE = new MailSettings(null, {
  server: { host: '127.0.0.1', port: 1, tls: 'if-offered', user: null, passwordFile: null },
  from: 'post@house.example',
});

/** A mail as a stranger sends it; lines end as in mails. */
export function mailOf(headers: Record<string, string>, body: string): string {
  const lines = Object.entries({
    'Return-Path': '<bounce@elsewhere.example>',
    Received: 'from phone.example ([203.0.113.77]) by house.example; Tue, 24 Nov 2026 08:31:17 +0000',
    'User-Agent': 'Pocketmail 7',
    From: 'Rosa Writer <rosa@elsewhere.example>',
    To: NAME,
    Subject: 'The letter',
    'Message-ID': `<${Math.random()}@elsewhere.example>`,
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  return `${lines.join('\r\n')}\r\n\r\n${body.replaceAll(/\r?\n/g, '\r\n')}`;
}

/** Text of a mail that was sent, once its lines are put together. */
export function textOf(raw: string): { head: string; body: string } {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const isBase64 = /Content-Transfer-Encoding: base64/i.test(head);
  const joined = rest.join('\r\n\r\n');
  const bytes = isBase64
    ? Buffer.from(joined, 'base64')
    : Buffer.from(
        joined
          .replaceAll('=\r\n', '')
          .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      );
  return { head, body: bytes.toString('utf8') };
}

/** Key and certificate, as PEM. */
export interface TestCertificate {
  key: string;
  cert: string;
}

interface MailboxKind {
  /** What the server can do beside the first version of IMAP. */
  plugins?: string[];
  /** Speaks TLS from the first byte. */
  certificate?: TestCertificate;
}

/** A certificate for this machine that vouches for itself. */
export async function ownCertificate(): Promise<TestCertificate> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=mail.house.example',
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + 86_400_000),
    extensions: [
      new BasicConstraintsExtension(true),
      new SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }]),
    ],
  });
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const key = `-----BEGIN PRIVATE KEY-----\n${der.toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`;
  return { key, cert: certificate.toString('pem') };
}

/** A mailbox in this process that speaks IMAP; it can be away, and break off at a command. */
export class TestMailbox {
  private imap: ImapServer;
  private port = 0;
  /** How often somebody began to sign in. */
  signIns = 0;
  private readonly open = new Set<{ destroy(): void }>();

  private constructor({ plugins = ['ID', 'UIDPLUS', 'MOVE', 'LITERALPLUS'], certificate }: MailboxKind) {
    this.imap = hoodiecrow({
      plugins,
      users: { [NAME]: { password: PASSWORD } },
      storage: { INBOX: {}, '': {} },
      ...(certificate ? { secureConnection: true, credentials: certificate } : {}),
    });
    this.imap.connectionHandlers.push(({ socket }) => {
      // It writes each line alone: without this, the second waits until the first is acknowledged, 40 ms later.
      socket!.setNoDelay(true);
      this.open.add(socket!);
    });
    for (const command of ['LOGIN', 'AUTHENTICATE PLAIN']) {
      const real = this.imap.getCommandHandler(command);
      if (!real) continue;
      this.imap.setCommandHandler(command, (...asked) => {
        this.signIns += 1;
        return real(...asked);
      });
    }
  }

  static async start(kind: MailboxKind = {}): Promise<TestMailbox> {
    const mailbox = new TestMailbox(kind);
    await mailbox.comeBack();
    return mailbox;
  }

  /** Nobody answers any more. */
  async goAway(): Promise<void> {
    const closed = new Promise((resolve) => this.imap.server.close(resolve));
    for (const socket of this.open) socket.destroy();
    this.open.clear();
    await closed;
  }

  async comeBack(): Promise<void> {
    await new Promise<void>((resolve) => this.imap.listen(this.port, '127.0.0.1', resolve));
    this.port = portOf(this.imap.server);
  }

  /** The connection ends at the next command of this name, before anything of it is done. */
  breakOffAt(command: string): void {
    const real = this.imap.getCommandHandler(command);
    this.imap.setCommandHandler(command, (connection) => {
      this.imap.setCommandHandler(command, real);
      connection.socket?.destroy();
    });
  }

  /** `raw` as text of one byte a letter. */
  deliver(raw: string, internalDate = '24-Nov-2026 08:31:20 +0000', flags: string[] = []): void {
    this.imap.appendMessage('INBOX', flags, internalDate, raw);
  }

  /** Whose mails in the folder are marked as deleted. */
  markedIn(folder: string): string[] {
    const messages = this.imap.getMailbox(folder)?.messages ?? [];
    return messages.filter(({ flags }) => flags.includes('\\Deleted')).map(({ raw }) => raw);
  }

  /** What lies in a folder. */
  in(folder: string): string[] {
    return this.imap.getMailbox(folder)?.messages.map(({ raw }) => raw) ?? [];
  }

  settings(dataDir: string, more: Partial<MailIn> = {}): MailIn {
    return {
      server: {
        host: '127.0.0.1',
        port: this.port,
        tls: 'if-offered',
        user: NAME,
        passwordFile: passwordIn(dataDir),
      },
      folder: 'INBOX',
      doneFolder: null,
      notTakenFolder: 'Not taken',
      language: 'en',
      ...more,
    };
  }
}

export interface SentMail {
  from: string;
  to: string[];
  /** Headers and text as they were sent. */
  raw: string;
}

/** A server in this process that takes mail, refuses some addresses, and can be away. */
export class TestOutbox {
  readonly sent: SentMail[] = [];
  /** Addresses that do not exist. */
  readonly refused = new Set<string>();
  /** Fails for a while, after it let in. */
  isFull = false;
  /** Is gone with the next mail, before it takes it. */
  leavesAtMail = false;
  private server: SMTPServer | null = null;
  private port = 0;

  private constructor(private readonly certificate: TestCertificate | null) {}

  /** With a certificate it speaks TLS from the first byte. */
  static async start(certificate: TestCertificate | null = null): Promise<TestOutbox> {
    const outbox = new TestOutbox(certificate);
    await outbox.comeBack();
    return outbox;
  }

  async goAway(): Promise<void> {
    await new Promise<void>((resolve) => this.server!.close(() => resolve()));
  }

  async comeBack(): Promise<void> {
    this.server = new SMTPServer({
      ...(this.certificate ? { secure: true, ...this.certificate } : {}),
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      onRcptTo: ({ address }, _session, done) =>
        done(
          this.refused.has(address) ? Object.assign(new Error('no such box'), { responseCode: 550 }) : null,
        ),
      onData: (stream, { envelope }, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          if (this.leavesAtMail) {
            this.leavesAtMail = false;
            void this.goAway();
            return done(Object.assign(new Error('closing'), { responseCode: 421 }));
          }
          if (this.isFull) return done(Object.assign(new Error('later'), { responseCode: 451 }));
          this.sent.push({
            from: envelope.mailFrom ? envelope.mailFrom.address : '',
            to: envelope.rcptTo.map(({ address }) => address),
            raw: Buffer.concat(chunks).toString('latin1'),
          });
          done();
        });
      },
    });
    // Whoever does not trust it hangs up.
    this.server.on('error', () => undefined);
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
    this.port = portOf(this.server.server);
  }

  settings(tls: MailOut['server']['tls'] = 'if-offered'): MailOut {
    const server = { host: '127.0.0.1', port: this.port, user: null, passwordFile: null };
    return { server: { ...server, tls }, from: 'post@house.example' };
  }
}

function passwordIn(dataDir: string): string {
  const path = join(dataDir, 'mail-password');
  writeFileSync(path, `${PASSWORD}\n`);
  return path;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
