import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { HouseChange } from '../../ledger/house-history';
import { Accounts } from '../../people/accounts';
import { areTwoPersons } from '../../people/second-person';
import { Sight } from '../../people/sight';
import type { Visitor } from '../../people/visitor';
import { newId } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { Time, type Instant } from '../../platform/time';
import { lockHouse } from '../../records/dialect';
import { Person } from '../../records/entities/person';
import { PolicyDraft } from '../../records/entities/policy-draft';
import { PolicyVersion } from '../../records/entities/policy-version';
import { Transactions } from '../../records/transactions';
import { ROUTERS } from '../../rules/acts';
import {
  amendmentFaults,
  amendmentText,
  type AmendmentFault,
  faultsOfAll,
  lengthsOf,
  lengthText,
  possibleAmendments,
} from '../../rules/policy-amendments';
import type { ClockCode } from '../../rules/clocks';
import { leftToNobody } from '../../rules/left-to-nobody';
import {
  BUILT_IN,
  Policy,
  POLICY_VERSION,
  type PolicyAmendment,
  type AmendmentKind,
} from '../../rules/policy';
import { processChanges } from '../../rules/process-text';
import type { RoleCode } from '../../rules/roles';
import { Policies } from './policies';
import { policyIn } from './policy-of';
import type {
  PolicyAmendmentForm,
  PolicyAmendmentView,
  PoliciesView,
  PolicyTrial,
  PolicyView,
} from './views';

const MOST_AMENDMENTS = 200;

type Status = 'DRAFT' | 'PUBLISHED' | 'DROPPED';

/** What is stored of versions and drafts, newest first. */
interface Stored {
  versions: PolicyVersion[];
  drafts: PolicyDraft[];
}

/** One change of the draft while it happens. Changes stand one behind the other. */
interface DraftWork extends Stored {
  db: EntityManager;
  change: HouseChange;
  draft: PolicyDraft | undefined;
  by: { ref: string; at: Instant };
}

/** The next version of the process: drafted from amendments, tried, and published by somebody else. Open cases keep the one they have. */
@Injectable()
export class DraftPolicies {
  constructor(
    private readonly transactions: Transactions,
    private readonly policies: Policies,
    private readonly accounts: Accounts,
    private readonly sight: Sight,
    private readonly time: Time,
  ) {}

  /** Every version, the draft with what it would change, and what a form has to send back. */
  async view(): Promise<PoliciesView> {
    return this.transactions.read(async (db) => {
      const stored = await storedIn(db);
      const { versions, drafts } = stored;
      const dropped = drafts.filter(({ status }) => status === 'DROPPED');
      const settlers = [
        ...dropped.map(({ settledBy }) => settledBy!),
        ...versions.map((each) => each.publishedBy),
      ];
      const names = await this.accounts.names(db, settlers);
      const nameOf = (id: string) => names.get(id) ?? 'former member of staff';
      const draft = draftIn(drafts);
      return {
        versions: [
          ...versions.map(({ version, amendments, publishedAt, publishedBy }): PolicyView => ({
            version,
            amendments: amendments.map(shown),
            publishedAt,
            publishedBy: nameOf(publishedBy),
          })),
          { version: BUILT_IN.version, amendments: [], publishedAt: null, publishedBy: null },
        ],
        draft: draft
          ? {
              n: draft.n,
              amendments: draft.amendments.map(shown),
              changedAt: draft.changedAt,
              ...(await tried(db, newestIn(versions), draft.amendments)),
            }
          : null,
        dropped: dropped.map(({ n, changedAt, settledBy }) => ({ n, changedAt, by: nameOf(settledBy!) })),
        seen: seenOf(stored),
      };
    });
  }

  /** What of a step or target can be made stricter in this way. */
  async form(kind: string, of: string): Promise<PolicyAmendmentForm> {
    return this.transactions.read(async (db) => {
      const stored = await storedIn(db);
      const before = new Policy('', begun(stored));
      const possible = possibleAmendments(kind as AmendmentKind, of, before);
      return {
        possible,
        none: possible.length > 0 ? [] : noneOf(kind as AmendmentKind, of, before),
        lengths: Object.hasOwn(before.clocks, of)
          ? lengthsOf(before.clocks[of as ClockCode]).map(({ tier, ...length }) => ({
              tier,
              text: lengthText(length),
            }))
          : [],
        seen: seenOf(stored),
      };
    });
  }

  /** What these amendments would change of the newest version, and what is wrong with them. Nothing is stored. */
  async try(amendments: readonly PolicyAmendment[]): Promise<PolicyTrial> {
    const newest = await this.policies.newest();
    return this.transactions.read((db) => tried(db, newest, amendments));
  }

  /** The draft, or what a new one begins with, with one more amendment, tried. */
  async tryOneMore(amendment: PolicyAmendment): Promise<PolicyTrial> {
    return this.transactions.read(async (db) => {
      const stored = await storedIn(db);
      return tried(db, newestIn(stored.versions), [...begun(stored), amendment]);
    });
  }

  /** Adds an amendment to the draft, which begins as the newest version. Refuses what would not be stricter, or leave nobody a way. */
  async add(visitor: Visitor, amendment: PolicyAmendment, seen: string): Promise<void> {
    await this.change(
      visitor,
      seen,
      (amendments) => [...amendments, amendment],
      'The amendment was not added.',
    );
  }

  /** Takes the amendment of this number, from 1, out of the draft, which begins as the newest version. */
  async remove(visitor: Visitor, n: number, seen: string): Promise<void> {
    await this.change(
      visitor,
      seen,
      (amendments) => {
        if (!amendments[n - 1]) throw new Refusal('invalid', 'There is no such amendment. Reload the page.');
        return amendments.filter((_, index) => index !== n - 1);
      },
      'The amendment was not taken out, since others rest on it.',
    );
  }

  /** Puts these amendments in place of whatever the draft held. */
  async replace(visitor: Visitor, amendments: readonly PolicyAmendment[], seen: string): Promise<void> {
    await this.change(visitor, seen, () => amendments, 'The draft was not saved.');
  }

  /**
   * Publishes the draft, or drops it. Published: by somebody who drafted no part of it and is another person than each who did. Where it
   * leaves a step to nobody who works here, only by whoever says that they publish it `despite` that.
   */
  async settle(
    visitor: Visitor,
    isPublished: boolean,
    seen: string,
    { despite = false } = {},
  ): Promise<void> {
    await this.write(visitor, seen, async ({ db, change, versions, draft, by }) => {
      if (!draft) throw new Refusal('conflict', 'There is no draft any more. Reload the page.');
      const settled = { settledBy: by.ref, changedAt: by.at };
      if (!isPublished) {
        await put(change, draft, { status: 'DROPPED', ...settled });
        return { act: 'drop-policy', facts: { draft: draft.n } };
      }
      for (const id of draft.draftedBy)
        if (!(await areTwoPersons(db, id, by.ref)))
          throw new Refusal(
            'unmet',
            'You drafted this version, or one of you created the other’s account: somebody else has to publish it.',
          );
      refuseFaults(draft.amendments, 'The draft cannot be published as it is.');
      const policy = new Policy('', draft.amendments);
      const changes = processChanges(newestIn(versions), policy);
      if (changes.length === 0)
        throw new Refusal(
          'unmet',
          'The draft says nothing else than the newest version: amend it, or drop it.',
        );
      const left = leftToNobody(policy, await rolesHere(db));
      if (left.length > 0 && !despite)
        throw new Refusal(
          'unmet',
          'Nobody who works here could take some of these steps. Give somebody the role first, or publish it all the same.',
          left.map(({ sentence }) => ({ name: 'leftToNobody', field: 'despite', sentence })),
        );
      const n = (versions[0]?.n ?? 1) + 1;
      const version = `${POLICY_VERSION}.${n}`;
      await put(change, draft, { status: 'PUBLISHED', ...settled });
      await change.insert(PolicyVersion, {
        id: newId(),
        n,
        version,
        amendments: draft.amendments,
        publishedAt: by.at,
        draftedBy: draft.draftedBy,
        publishedBy: by.ref,
      });
      const looser = changes.filter((each) => each.looser.length > 0).map(({ of }) => of);
      return {
        act: 'publish-policy',
        facts: {
          draft: draft.n,
          policyVersion: version,
          ...(looser.length > 0 ? { looser } : {}),
          ...(left.length > 0 ? { leftToNobody: [...new Set(left.map(({ step }) => step))] } : {}),
        },
      };
    });
    this.policies.forget();
  }

  private async change(
    visitor: Visitor,
    seen: string,
    work: (amendments: readonly PolicyAmendment[]) => readonly PolicyAmendment[],
    refused: string,
  ): Promise<void> {
    await this.write(visitor, seen, async ({ change, versions, drafts, draft, by: { ref, at } }) => {
      const amendments = work(begun({ versions, drafts })).map(plain);
      refuseFaults(amendments, refused);
      const n = draft?.n ?? (drafts[0]?.n ?? 0) + 1;
      const draftedBy = [...new Set([...(draft?.draftedBy ?? []), ref])];
      if (draft) await put(change, draft, { amendments, draftedBy, changedAt: at });
      else
        await change.insert(PolicyDraft, {
          id: newId(),
          n,
          status: 'DRAFT' satisfies Status,
          revision: 1,
          amendments,
          draftedBy,
          changedAt: at,
          settledBy: null,
        });
      return { act: 'draft-policy', facts: { draft: n, amendments: amendments.length } };
    });
  }

  private async write(
    visitor: Visitor,
    seen: string,
    work: (work: DraftWork) => Promise<{ act: string; facts: Record<string, unknown> }>,
  ): Promise<void> {
    const { personId: ref, roles } = this.sight.readerOf(visitor);
    const by = { ref, at: this.time.instant() };
    await this.transactions.change(async (db) => {
      await lockHouse(db);
      const stored = await storedIn(db);
      if (seen !== seenOf(stored))
        throw new Refusal(
          'stale',
          'Somebody changed the draft meanwhile, so nothing was saved. What you chose is still below: look at the draft as it is now, and send it again.',
        );
      const change = new HouseChange(db);
      const { act, facts } = await work({ db, change, ...stored, draft: draftIn(stored.drafts), by });
      const role = roles.find((each) => (ROUTERS as readonly RoleCode[]).includes(each)) ?? roles[0]!;
      await change.append({ act, by: { role, ref }, at: by.at, facts });
    });
  }
}

async function storedIn(db: EntityManager): Promise<Stored> {
  return {
    versions: await db.find(PolicyVersion, { order: { n: 'DESC' } }),
    drafts: await db.find(PolicyDraft, { order: { n: 'DESC' } }),
  };
}

/** Why nothing of this kind is possible, and at which question that lies. */
function noneOf(kind: AmendmentKind, of: string, before: Policy): AmendmentFault[] {
  const faults = amendmentFaults({ kind, of, code: null, length: null }, before);
  const atQuestion = faults.filter(({ field }) => field === 'of' || field === 'kind');
  return atQuestion.length > 0
    ? atQuestion
    : [{ field: 'kind', sentence: 'Nothing more of this kind is possible there.' }];
}

function draftIn(drafts: readonly PolicyDraft[]): PolicyDraft | undefined {
  return drafts.find(({ status }) => status === ('DRAFT' satisfies Status));
}

function newestIn(versions: readonly PolicyVersion[]): Policy {
  return versions[0] ? policyIn(versions[0]) : BUILT_IN;
}

/** What the draft holds, or a new one begins with: what the newest version has. */
function begun({ versions, drafts }: Stored): readonly PolicyAmendment[] {
  return draftIn(drafts)?.amendments ?? versions[0]?.amendments ?? [];
}

async function tried(
  db: EntityManager,
  newest: Policy,
  amendments: readonly PolicyAmendment[],
): Promise<PolicyTrial> {
  const policy = new Policy(newest.version, amendments);
  return {
    faults: faultsOfAll(amendments),
    changes: processChanges(newest, policy),
    leftToNobody: leftToNobody(policy, await rolesHere(db)).map(({ sentence }) => sentence),
  };
}

/** The roles of each active account of somebody who works here. */
async function rolesHere(db: EntityManager): Promise<string[][]> {
  const people = await db.find(Person, {
    select: { id: true, roles: true },
    where: { active: true, guestUntil: IsNull() },
  });
  return people.map(({ roles }) => roles);
}

/** Refuses with what is wrong with each; of the last one, at the question that it is about. */
function refuseFaults(amendments: readonly PolicyAmendment[], message: string): void {
  if (amendments.length > MOST_AMENDMENTS)
    throw new Refusal('unmet', `A version has at most ${MOST_AMENDMENTS} amendments.`);
  const faults = faultsOfAll(amendments);
  if (faults.length === 0) return;
  throw new Refusal(
    'invalid',
    message,
    faults.map(({ n, field, sentence }) => ({
      name: 'answer',
      ...(n === amendments.length ? { field } : {}),
      sentence: n === amendments.length ? sentence : `${amendmentText(amendments[n - 1]!)} ${sentence}`,
    })),
  );
}

function put(
  change: HouseChange,
  { id, revision }: PolicyDraft,
  patch: Partial<PolicyDraft> & { status?: Status },
): Promise<void> {
  return change.update(PolicyDraft, id, { ...patch, revision: revision + 1 });
}

/** Without anything that came along with it. */
function plain({ kind, of, code, length }: PolicyAmendment): PolicyAmendment {
  return { kind, of, code, length };
}

function shown(amendment: PolicyAmendment): PolicyAmendmentView {
  return { ...amendment, sentence: amendmentText(amendment) };
}

/** Changes with whatever is drafted, dropped or published. */
function seenOf({ drafts }: Stored): string {
  return drafts.length === 0 ? '0' : `${drafts[0]!.n}.${drafts[0]!.revision}`;
}
