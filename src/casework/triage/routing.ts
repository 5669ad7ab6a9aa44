import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { HouseChange } from '../../ledger/house-history';
import { Accounts } from '../../people/accounts';
import { areTwoPersons } from '../../people/second-person';
import { onlySeen, Sight, type Reader } from '../../people/sight';
import type { Visitor } from '../../people/visitor';
import { newId } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { Time, type Instant } from '../../platform/time';
import { lockHouse } from '../../records/dialect';
import { Case } from '../../records/entities/case';
import { RoutingVersion } from '../../records/entities/routing-version';
import { Transactions } from '../../records/transactions';
import { ROUTERS } from '../../rules/acts';
import {
  propose,
  routingFaults,
  toldCount,
  tryRules,
  type RoutingRule,
  type RuleTried,
} from '../../rules/routing';
import type { RoleCode } from '../../rules/roles';
import type { State } from '../../rules/states';
import type { RoutingView } from './views';

/** So many past cases a draft is tried on, the newest first. */
const CASES_TRIED = 1000;
const MOST_RULES = 50;
/** While it is being decided where a case goes. */
const ROUTED_STATES: readonly State[] = ['eligibility', 'triage'];

type Status = 'DRAFT' | 'ON' | 'OFF' | 'DROPPED';

export interface RoutingVersionView {
  n: number;
  rules: RoutingRule[];
  changedAt: Instant;
}

export interface RoutingRulesView {
  /** What is proposed by today; null while nothing is. */
  on: RoutingVersionView | null;
  draft: (RoutingVersionView & { tried: RuleTried[]; casesTried: number | null }) | null;
  /** What a form saw; sent back with it. */
  seen: string;
  /** Those before, newest first. */
  earlier: { n: number; status: string; changedAt: Instant; by: string }[];
}

/** One change of the rules while it happens. Changes stand one behind the other. */
interface RoutingWork {
  db: EntityManager;
  change: HouseChange;
  /** Newest first. */
  versions: RoutingVersion[];
  by: { ref: string; at: Instant };
}

/** The rules of routing: drafted, tried on past cases, switched on by somebody else, and what they propose for a case. */
@Injectable()
export class Routing {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: Accounts,
    private readonly sight: Sight,
    private readonly time: Time,
  ) {}

  /** The rules that are on, the draft with what it would have proposed in past cases of the reader, and what was before. */
  async view(visitor: Visitor): Promise<RoutingRulesView> {
    const reader = this.sight.readerOf(visitor);
    return this.transactions.read(async (db) => {
      const versions = await db.find(RoutingVersion, { order: { n: 'DESC' } });
      const [on, draft] = [withStatus(versions, 'ON'), withStatus(versions, 'DRAFT')];
      const earlier = versions.filter(({ status }) => status === 'OFF' || status === 'DROPPED');
      const ids = earlier.map(({ settledBy }) => settledBy).filter((id): id is string => id !== null);
      const names = await this.accounts.names(db, [...new Set(ids)]);
      return {
        on: on ? shown(on) : null,
        draft: draft ? { ...shown(draft), ...(await triedOn(db, draft, reader)) } : null,
        seen: seenOf(versions),
        earlier: earlier.map(({ n, status, changedAt, settledBy }) => ({
          n,
          status,
          changedAt,
          by: names.get(settledBy ?? '') ?? 'former member of staff',
        })),
      };
    });
  }

  /** Adds a rule at the end of the draft, which begins as what is on. Refuses a rule that says nothing, and a draft that somebody changed meanwhile. */
  async add(visitor: Visitor, rule: RoutingRule, seen: string): Promise<void> {
    const faults = routingFaults(rule);
    if (faults.length > 0)
      throw new Refusal(
        'invalid',
        'The rule was not added.',
        faults.map((fault) => ({ name: 'answer', ...fault })),
      );
    await this.change(visitor, seen, (rules) => {
      if (rules.length >= MOST_RULES)
        throw new Refusal('unmet', `There are ${MOST_RULES} rules already: take one out first.`);
      return [...rules, rule];
    });
  }

  /** Takes the rule of this number, from 1, out of the draft, which begins as what is on. */
  async remove(visitor: Visitor, n: number, seen: string): Promise<void> {
    await this.change(visitor, seen, (rules) => {
      if (!rules[n - 1]) throw new Refusal('invalid', 'There is no such rule. Reload the page.');
      return rules.filter((_, index) => index !== n - 1);
    });
  }

  /** Switches the draft on in place of what was, or drops it. On: by somebody who drafted no part of it and is another person than each who did. */
  async settle(visitor: Visitor, isOn: boolean, seen: string): Promise<void> {
    await this.write(visitor, seen, async ({ db, change, versions, by }) => {
      const draft = withStatus(versions, 'DRAFT');
      if (!draft) throw new Refusal('conflict', 'There is no draft any more. Reload the page.');
      if (isOn)
        for (const id of draft.draftedBy)
          if (!(await areTwoPersons(db, id, by.ref)))
            throw new Refusal(
              'unmet',
              'You drafted these rules, or one of you created the other’s account: somebody else has to switch them on.',
            );
      const settled = { settledBy: by.ref, changedAt: by.at };
      const before = withStatus(versions, 'ON');
      if (isOn && before) await put(change, before, { status: 'OFF', ...settled });
      await put(change, draft, { status: isOn ? 'ON' : 'DROPPED', ...settled });
      return {
        act: isOn ? 'switch-routing-on' : 'drop-routing',
        version: draft.n,
        rules: draft.rules.length,
      };
    });
  }

  private async change(
    visitor: Visitor,
    seen: string,
    work: (rules: RoutingRule[]) => RoutingRule[],
  ): Promise<void> {
    await this.write(visitor, seen, async ({ change, versions, by: { ref, at } }) => {
      const draft = withStatus(versions, 'DRAFT');
      const rules = work(draft?.rules ?? withStatus(versions, 'ON')?.rules ?? []);
      const version = draft?.n ?? (versions[0]?.n ?? 0) + 1;
      const draftedBy = [...new Set([...(draft?.draftedBy ?? []), ref])];
      if (draft) await put(change, draft, { rules, draftedBy, changedAt: at });
      else
        await change.insert(RoutingVersion, {
          id: newId(),
          n: version,
          status: 'DRAFT' satisfies Status,
          revision: 1,
          rules,
          draftedBy,
          changedAt: at,
          settledBy: null,
        });
      return { act: 'draft-routing', version, rules: rules.length };
    });
  }

  private async write(
    visitor: Visitor,
    seen: string,
    work: (work: RoutingWork) => Promise<{ act: string; version: number; rules: number }>,
  ): Promise<void> {
    const { personId: ref, roles } = this.sight.readerOf(visitor);
    const by = { ref, at: this.time.instant() };
    await this.transactions.change(async (db) => {
      await lockHouse(db);
      const versions = await db.find(RoutingVersion, { order: { n: 'DESC' } });
      if (seen !== seenOf(versions))
        throw new Refusal(
          'stale',
          'Somebody changed the rules meanwhile, so nothing was saved. What you chose is still below: look at the rules as they are now, and send it again.',
        );
      const change = new HouseChange(db);
      const { act, ...facts } = await work({ db, change, versions, by });
      const role = roles.find((each) => (ROUTERS as readonly RoleCode[]).includes(each)) ?? roles[0]!;
      await change.append({ act, by: { role, ref }, at: by.at, facts });
    });
  }
}

/** What the rules that are on propose for a case whose way is being decided; null where none holds. */
export async function routingView(db: EntityManager, row: Case): Promise<RoutingView | null> {
  if (!ROUTED_STATES.includes(row.state as State)) return null;
  const on = await db.findOneBy(RoutingVersion, { status: 'ON' satisfies Status });
  const proposal = on && propose(on.rules, row);
  return on && proposal ? { version: on.n, ...proposal } : null;
}

/** Of cases that the reader may see alone; how many they were is told as every count. */
async function triedOn(
  db: EntityManager,
  { rules }: RoutingVersion,
  reader: Reader,
): Promise<{ tried: RuleTried[]; casesTried: number | null }> {
  const past = db
    .createQueryBuilder(Case, 'c')
    .select(['c.id', 'c.useDomain', 'c.harms', 'c.tier', 'c.reprisalLevel', 'c.track'])
    .where('c.useDomain IS NOT NULL');
  const cases = await onlySeen(past, 'c.id', reader)
    .orderBy('c.lodgedOn', 'DESC')
    .addOrderBy('c.id', 'DESC')
    .limit(CASES_TRIED)
    .getMany();
  return { tried: tryRules(rules, cases), casesTried: toldCount(cases.length) };
}

function put(
  change: HouseChange,
  { id, revision }: RoutingVersion,
  patch: Partial<RoutingVersion> & { status?: Status },
): Promise<void> {
  return change.update(RoutingVersion, id, { ...patch, revision: revision + 1 });
}

function withStatus(versions: readonly RoutingVersion[], status: Status): RoutingVersion | undefined {
  return versions.find((each) => each.status === status);
}

function shown({ n, rules, changedAt }: RoutingVersion): RoutingVersionView {
  return { n, rules, changedAt };
}

/** Changes with whatever changes what is on or the draft. */
function seenOf(versions: readonly RoutingVersion[]): string {
  return versions.length === 0 ? '0' : `${versions[0]!.n}.${versions[0]!.revision}`;
}
