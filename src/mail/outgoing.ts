import { randomUUID } from 'node:crypto';
import type { Transporter } from 'nodemailer';
import { errorCode } from '../platform/error-code';
import { readPassword, type MailOut } from './mail-settings';

/** One short text to one address. */
export interface OutgoingMail {
  /** A bare address. */
  to: string;
  subject: string;
  text: string;
  /** Of `newMailId`. */
  id: string;
  language: string;
  /** Whether it answers a mail of theirs (RFC 3834 keeps the two apart). */
  isAnswer: boolean;
}

/** Whether the server took it, refuses it for good, or may take it later. */
export type Sent = 'sent' | 'refused' | 'later';

const TIMEOUTS = { connectionTimeout: 30_000, greetingTimeout: 20_000, socketTimeout: 60_000 };

/** Sends through the server of the organisation. What is sent quotes nothing, and names no program, machine or person. */
export class Outgoing {
  constructor(private readonly settings: MailOut) {}

  /** The bare address that all of it comes from. */
  get from(): string {
    return this.settings.from;
  }

  /** A new id of a mail, at random, as its header `Message-ID` bears it between angle brackets. */
  newMailId(): string {
    return `${randomUUID()}@${this.domain}`;
  }

  /** Null where the server answers and lets us in; otherwise a code of why not, such as that of a certificate which nobody vouches for. */
  async whyAway(): Promise<string | null> {
    const transport = await this.transport();
    try {
      await transport.verify();
      return null;
    } catch (error) {
      return errorCode(error);
    } finally {
      transport.close();
    }
  }

  /** Never throws: what a server says of a failure may hold the address. */
  async send({ to, subject, text, id, language, isAnswer }: OutgoingMail): Promise<Sent> {
    try {
      const transport = await this.transport();
      try {
        await transport.sendMail({
          from: { name: '', address: this.from },
          to: { name: '', address: to },
          subject,
          text,
          messageId: `<${id}>`,
          headers: {
            // RFC 3834: nobody's machine answers a machine.
            'Auto-Submitted': isAnswer ? 'auto-replied' : 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
            'Content-Language': language,
          },
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        return 'sent';
      } finally {
        transport.close();
      }
    } catch (error) {
      return isForGood(error) ? 'refused' : 'later';
    }
  }

  private get domain(): string {
    return this.from.split('@')[1]!;
  }

  private async transport(): Promise<Transporter> {
    const { createTransport } = await import('nodemailer');
    const { host, port, tls, user, passwordFile } = this.settings.server;
    return createTransport({
      host,
      port,
      secure: tls === 'at-once',
      requireTLS: tls === 'demanded',
      // Instead of the name of this machine.
      name: this.domain,
      ...(user === null ? {} : { auth: { user, pass: readPassword(passwordFile!) } }),
      ...TIMEOUTS,
    });
  }
}

/** An answer of the 5xx kind to the address: it does not exist, or wants nothing of us. Whatever else a server refuses is no fault of the address. */
function isForGood(error: unknown): boolean {
  const { command, responseCode } = error as { command?: unknown; responseCode?: unknown };
  return command === 'RCPT TO' && typeof responseCode === 'number' && responseCode >= 500;
}
