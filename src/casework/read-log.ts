import { Injectable } from '@nestjs/common';
import { Ledger } from '../ledger/ledger.service';
import { GlobalLog } from '../ledger/log';

/** The global log as auditors, and for checkpoint and tiles everybody, read it. */
@Injectable()
export class ReadLog {
  constructor(
    private readonly log: GlobalLog,
    private readonly ledger: Ledger,
  ) {}

  checkpoint(): Promise<string> {
    return this.log.checkpoint();
  }

  verifierKey(): string {
    return `${this.ledger.verifierKey}\n`;
  }

  entry(index: number) {
    return this.log.entry(index);
  }

  inclusion(index: number, size: number) {
    return this.log.inclusion(index, size);
  }

  consistency(from: number, to: number) {
    return this.log.consistency(from, to);
  }

  tile(level: number, index: number, width: number): Promise<Buffer> {
    return this.log.tile(level, index, width);
  }
}
