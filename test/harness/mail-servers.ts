import { writeFileSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import hoodiecrow, { type ImapServer } from 'hoodiecrow-imap';
import { SMTPServer } from 'smtp-server';
import type { MailIn, MailOut } from '../../src/mail/mail-settings';

const NAME = 'complaints@house.example';
const PASSWORD = 'a password of a mailbox';

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

/** A mailbox in this process that speaks IMAP; it can be away, and break off at a command. */
export class TestMailbox {
  private imap: ImapServer;
  private port = 0;
  private readonly open = new Set<{ destroy(): void }>();

  private constructor() {
    this.imap = hoodiecrow({
      plugins: ['ID', 'UIDPLUS', 'MOVE', 'LITERALPLUS'],
      users: { [NAME]: { password: PASSWORD } },
      storage: { INBOX: {}, '': {} },
    });
    this.imap.connectionHandlers.push(({ socket }) => void this.open.add(socket!));
  }

  static async start(): Promise<TestMailbox> {
    const mailbox = new TestMailbox();
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
  private server: SMTPServer | null = null;
  private port = 0;

  static async start(): Promise<TestOutbox> {
    const outbox = new TestOutbox();
    await outbox.comeBack();
    return outbox;
  }

  async goAway(): Promise<void> {
    await new Promise<void>((resolve) => this.server!.close(() => resolve()));
  }

  async comeBack(): Promise<void> {
    this.server = new SMTPServer({
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
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
    this.port = portOf(this.server.server);
  }

  settings(): MailOut {
    const server = { host: '127.0.0.1', port: this.port, user: null, passwordFile: null };
    return { server: { ...server, tls: 'if-offered' }, from: 'post@house.example' };
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
