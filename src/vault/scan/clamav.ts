import { connect, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Refusal } from '../../platform/refusal';

/** `UNSCANNED`: no scanner is set, so nobody looked. */
export type ScanResult =
  { verdict: 'CLEAN' } | { verdict: 'INFECTED'; signature: string } | { verdict: 'UNSCANNED' };

export abstract class VirusScanner {
  /**
   * Reads the content to its end, or destroys it; an error of its own is thrown as it is. Throws `ScannerUnavailable`
   * whenever there is no clear answer: whoever calls keeps nothing then.
   */
  abstract scan(content: Readable): Promise<ScanResult>;

  /** For start-up: throws `ScannerUnavailable` when the scanner does not answer. */
  abstract ping(): Promise<void>;
}

/** The scanner gave no clear answer. `reason` is for who runs this server and never holds content. */
export class ScannerUnavailable extends Refusal {
  constructor(
    readonly reason: string,
    sentence = 'This file could not be checked for viruses, so it was not kept. Send it again in a few minutes.',
  ) {
    super('unavailable', sentence);
    this.name = 'ScannerUnavailable';
    this.cause = new Error(reason);
  }
}

/** Runs when `EVIDENCE_SCANNER` is empty. */
export class NoScanner implements VirusScanner {
  async scan(content: Readable): Promise<ScanResult> {
    await finished(content.resume());
    return { verdict: 'UNSCANNED' };
  }

  async ping(): Promise<void> {}
}

export type ScannerAddress = { host: string; port: number } | { path: string };

/** How long to wait for clamd, in milliseconds: while connecting and sending, and for the answer once all is sent. */
export interface ScannerPatience {
  silenceInMs: number;
  answerInMs: number;
}

const CHUNK_BYTES = 65_536;

/** In letters; clamd's own answers are far shorter. */
const LONGEST_ANSWER = 1024;

/**
 * Scans through ClamAV's clamd: `zINSTREAM` (man 8 clamd), in constant memory. A file larger than clamd's `StreamMaxLength`
 * gets no verdict.
 */
export class ClamavScanner implements VirusScanner {
  constructor(
    private readonly address: ScannerAddress,
    private readonly patience: ScannerPatience = { silenceInMs: 15_000, answerInMs: 120_000 },
  ) {}

  async scan(content: Readable): Promise<ScanResult> {
    // Without a listener an error that comes before the first read would end the process.
    content.on('error', () => undefined);
    const clamd = new Conversation(this.address, this.patience);
    try {
      await clamd.send(Buffer.from('zINSTREAM\0'));
      for await (const chunk of content as AsyncIterable<Buffer>)
        for (let at = 0; at < chunk.length; at += CHUNK_BYTES) {
          const piece = chunk.subarray(at, at + CHUNK_BYTES);
          await clamd.send(Buffer.concat([lengthOf(piece), piece]));
        }
      return resultOf(await clamd.ask(Buffer.alloc(4)));
    } finally {
      clamd.end();
      content.destroy();
    }
  }

  async ping(): Promise<void> {
    const clamd = new Conversation(this.address, this.patience);
    try {
      const answer = await clamd.ask(Buffer.from('zPING\0'));
      if (answer !== 'PONG') throw unclear(answer);
    } finally {
      clamd.end();
    }
  }
}

/**
 * The scanner of a setting: `tcp://host:port`, `unix:/path`, or none when it is empty; nothing is reached yet. Throws a
 * sentence on anything else.
 */
export function scannerOf(setting: string): VirusScanner {
  if (setting === '') return new NoScanner();
  const path = /^unix:(\/.+)$/.exec(setting)?.[1];
  if (path) return new ClamavScanner({ path });
  const [, name, inBrackets, digits] =
    /^tcp:\/\/(?:([\w.-]+)|\[([\da-f:.]+)\]):(\d{1,5})$/i.exec(setting) ?? [];
  const host = name ?? inBrackets;
  const port = Number(digits);
  if (!host || port < 1 || port > 65_535)
    throw new Error(
      `EVIDENCE_SCANNER is "${setting}"; set it to where clamd listens, tcp://localhost:3310 or unix:/run/clamav/clamd.ctl, or leave it empty to keep files unscanned.`,
    );
  return new ClamavScanner({ host, port });
}

/** One connection, one question, one answer. */
class Conversation {
  private readonly socket: Socket;
  private readonly answer: Promise<string>;
  private asked = false;

  constructor(
    address: ScannerAddress,
    private readonly patience: ScannerPatience,
  ) {
    this.socket = connect(address);
    this.answer = this.listen();
    // It may fail while nobody waits for it; the next who does is told.
    this.answer.catch(() => undefined);
  }

  /** A piece of the question. Resolves when it is on its way. */
  async send(bytes: Buffer): Promise<void> {
    await this.within(this.patience.silenceInMs, this.write(bytes));
  }

  /** The last piece, and what clamd says. */
  async ask(bytes: Buffer): Promise<string> {
    this.asked = true;
    await this.send(bytes);
    return this.within(this.patience.answerInMs, this.answer);
  }

  end(): void {
    this.socket.destroy();
  }

  /** Never rejects: what befalls the socket is what `answer` rejects with, and an answer that came first says more. */
  private write(bytes: Buffer): Promise<void> {
    return new Promise((resolve) => this.socket.write(bytes, (error) => !error && resolve()));
  }

  private async within<T>(ms: number, outcome: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new ScannerUnavailable(`clamd was silent for ${ms} ms.`)), ms);
    });
    // An answer alone does not end the wait, only the want of one.
    const failed = new Promise<never>((_, reject) => {
      this.answer.catch(reject);
    });
    try {
      return await Promise.race([outcome, failed, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** What stands before the zero byte. An answer to half a question is none. */
  private listen(): Promise<string> {
    return new Promise((resolve, reject) => {
      let heard = '';
      this.socket.setEncoding('latin1');
      this.socket.on('data', (text: string) => {
        heard += text;
        const end = heard.indexOf('\0');
        if (heard.length > LONGEST_ANSWER || (end >= 0 && !this.asked)) reject(unclear(heard));
        else if (end >= 0) resolve(heard.slice(0, end));
      });
      this.socket.on('error', (error: NodeJS.ErrnoException) =>
        reject(new ScannerUnavailable(`clamd cannot be reached (${error.code ?? error.message}).`)),
      );
      this.socket.on('close', () => reject(new ScannerUnavailable('clamd closed without an answer.')));
    });
  }
}

function lengthOf(piece: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(piece.length);
  return length;
}

function resultOf(answer: string): ScanResult {
  if (answer === 'stream: OK') return { verdict: 'CLEAN' };
  const signature = /^stream: ([\x21-\x7e]+) FOUND$/.exec(answer)?.[1];
  if (!signature) throw unclear(answer);
  return { verdict: 'INFECTED', signature };
}

function unclear(answer: string): ScannerUnavailable {
  if (answer.includes('size limit exceeded'))
    return new ScannerUnavailable(
      'The file is larger than StreamMaxLength in clamd.conf.',
      'This file is larger than what can be checked for viruses here, so it was not kept. Send a smaller copy, or in parts.',
    );
  return new ScannerUnavailable(`clamd answered ${JSON.stringify(answer.slice(0, 200))}.`);
}
