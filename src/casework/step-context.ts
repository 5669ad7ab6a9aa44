import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { CaseChange } from '../ledger/case-change';
import type { Day, Instant } from '../platform/time';
import type { Case } from '../records/entities/case';
import type { NewRow } from '../records/insert';
import type { StepAnswers } from '../rules/needs/facts';
import type { State } from '../rules/states';
import type { StepRow } from '../rules/steps';
import type { CaseKey as SealingKey, Vault } from '../vault/vault';
import type { CaseFile } from './case-file';
import type { Actor } from './facts';
import { OpenWords } from './open-words';

type Table<T> = EntityTarget<T> & (new () => T);

/** What a change did: the deed for the ledger, the state after it, and what the caller wants back. */
export interface Deed<T> {
  act: string;
  facts: Record<string, unknown>;
  to?: State;
  result: T;
}

/** What one change of one case works with. */
export interface CaseParts {
  db: EntityManager;
  file: CaseFile;
  actor: Actor;
  today: Day;
  now: Instant;
  /** Null where it is gone already; then nothing can be sealed or opened. */
  key: SealingKey | null;
  vault: Vault;
  change: CaseChange;
  /** What this change means for another case: written into that one's rows and history in the same transaction, by the same actor. */
  elsewhere: <T>(caseId: string, work: (context: CaseContext) => Promise<Deed<T>>) => Promise<T>;
}

/**
 * One change of one case while it happens: what is known, and the only ways in which it writes.
 * `patch` collects the columns of the case itself; everything else is written at once, through the ledger's change.
 */
export class CaseContext {
  readonly db: EntityManager;
  readonly file: CaseFile;
  readonly actor: Actor;
  readonly today: Day;
  readonly now: Instant;

  constructor(
    protected readonly parts: CaseParts,
    readonly patch: Partial<Case> = {},
    readonly sealed: { name: string; commitment: string }[] = [],
  ) {
    ({ db: this.db, file: this.file, actor: this.actor, today: this.today, now: this.now } = parts);
  }

  get caseId(): string {
    return this.file.case.id;
  }

  get vault(): Vault {
    return this.parts.vault;
  }

  /** Whether anything of this case can still be sealed or opened. */
  get hasKey(): boolean {
    return this.parts.key !== null;
  }

  private get key(): SealingKey {
    if (this.parts.key) return this.parts.key;
    throw new Error('The data key of this case is gone: nothing of it can be sealed or opened.');
  }

  /** What is sealed in this case, for what is made of it while it changes. */
  get words(): OpenWords {
    return OpenWords.under(this.parts.vault, this.key);
  }

  /** The same change, seen as the step that it takes, and whose step it is: the proposer's, where a second person agreed. */
  asStep(row: StepRow, answers: StepAnswers, actor: Actor = this.actor): StepContext {
    return new StepContext({ ...this.parts, actor }, this.patch, this.sealed, row, answers);
  }

  /** Seals a text for one column of one row under the key of the case and notes its commitment for the ledger. */
  seal(table: string, column: string, id: string, text: string): string {
    const { sealed, commitment } = this.parts.vault.seal(this.key, { table, column, id }, text);
    this.sealed.push({ name: `${table}.${column}`, commitment });
    return sealed;
  }

  /** Like `seal`; what was not said stays null. */
  sealMaybe(table: string, column: string, id: string, text: string | null | undefined): string | null {
    return text === null || text === undefined || text === '' ? null : this.seal(table, column, id, text);
  }

  /** Opens a sealed value of this case. */
  unseal(table: string, column: string, id: string, sealed: string): string {
    return this.parts.vault.unseal(this.key, { table, column, id }, sealed);
  }

  /** Changes another case in the same transaction. It is locked after this one: never the other way round. */
  elsewhere<T>(caseId: string, work: (context: CaseContext) => Promise<Deed<T>>): Promise<T> {
    return this.parts.elsewhere(caseId, work);
  }

  /** Writes a new row of the case. */
  async insert<T extends ObjectLiteral>(entity: Table<T>, row: NewRow<T>): Promise<void> {
    await this.parts.change.insert(entity, row);
  }

  /** Changes a row of the case. */
  async update<T extends ObjectLiteral>(entity: Table<T>, id: string, patch: Partial<T>): Promise<void> {
    await this.parts.change.update(entity, id, patch);
  }
}

/** A case change that takes a step of the table: besides, what the row says and what was answered. */
export class StepContext extends CaseContext {
  /** What the letter quotes beside the answers: codes and days that the step found out. */
  readonly told: Record<string, string> = {};

  constructor(
    parts: CaseParts,
    patch: Partial<Case>,
    sealed: { name: string; commitment: string }[],
    readonly row: StepRow,
    readonly answers: StepAnswers,
  ) {
    super(parts, patch, sealed);
  }

  /** A text answer; empty when it was not given. */
  text(name: string): string {
    return (this.answers[name] as string | undefined) ?? '';
  }

  /** Any other answer, of the type that `ASKS` gives it. */
  answer<T>(name: string): T {
    return this.answers[name] as T;
  }
}

/** Number of the next object of a kind in this case. */
export function nextNumber(objects: readonly { n: number }[]): number {
  return (objects.at(-1)?.n ?? 0) + 1;
}
