import { Injectable } from '@nestjs/common';
import { readEntry } from '../../ledger/entry';
import type { Visitor } from '../../people/visitor';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Clock } from '../../records/entities/clock';
import { Entry } from '../../records/entities/entry';
import { ErasureRequest } from '../../records/entities/erasure-request';
import { areTwoPersons, noSecondPersons } from '../../people/second-person';
import { ON_REQUEST } from '../../rules/retention';
import { STATES, type State } from '../../rules/states';
import { SearchIndex } from '../../vault/search-index';
import { Vault } from '../../vault/vault';
import { ChangeCase } from '../change-case';
import { dictationFacts } from '../dictation-rows';
import { nextDueOf } from '../next-due';
import { Sight } from '../../people/sight';
import type { CaseContext } from '../step-context';
import { CarryOut } from './carry-out';
import { Erase } from './erase';
import { openRequest, standingHolds } from './holds';
import { keyOf } from '../case-visitor';

/** What was erased, for who decided it. */
export interface ErasedOnRequest {
  reference: string;
  scope: string;
  revision: number;
}

/**
 * The data protection officer does what the complainant asked for (GDPR Art. 17). Two people by nature: one asks, one decides. Who
 * lodged it for her had her receipt in hand, and does not decide.
 */
@Injectable()
export class EraseOnRequest {
  constructor(
    private readonly changeCase: ChangeCase,
    private readonly vault: Vault,
    private readonly sight: Sight,
    private readonly index: SearchIndex,
    private readonly carryOut: CarryOut,
  ) {}

  /** Refuses, with everything that is in the way, while a legal hold stands, or while a case that is to go has not ended. */
  async run(visitor: Visitor, reference: string, revision?: number): Promise<ErasedOnRequest> {
    if (visitor.kind !== 'officer' || !visitor.roles.includes('DPO'))
      throw new Refusal('forbidden', 'The data protection officer decides on requests for erasure.');
    const changed = await this.changeCase.run(
      keyOf(this.sight, visitor, reference),
      revision,
      () => ({ role: 'DPO', personId: visitor.personId }),
      async (context) => {
        const request = openRequest(context.file);
        if (!request)
          throw new Refusal(
            'conflict',
            'Nobody asked for erasure in this case, or it was decided already. Reload the case.',
          );
        await refuseWhoLodged(context, visitor.personId);
        await refuseDisputed(context, visitor.personId);
        const isCase = request.scope === 'CASE';
        await stopClocks(context, isCase);
        await refuseObstacles(context, isCase);
        await context.update(ErasureRequest, request.id, {
          status: 'CARRIED_OUT',
          decidedBy: visitor.personId,
          decidedOn: context.today,
        });
        const erase = new Erase(context, this.vault, this.index);
        const erased = isCase ? await erase.case(ON_REQUEST) : await erase.person();
        return {
          act: isCase ? 'erase-case' : 'erase-person',
          facts: { under: ON_REQUEST, ...erased },
          result: request.scope,
        };
      },
      { keyMayBeGone: true },
    );
    await this.carryOut.wipe();
    return { reference, scope: changed.result, revision: changed.revision };
  }
}

async function refuseWhoLodged({ db, file }: CaseContext, personId: string): Promise<void> {
  const first = await db.findOneByOrFail(Entry, { ledgerId: file.case.ledgerId, n: 1 });
  const lodgedBy = readEntry(first.body)?.by.ref ?? null;
  if (lodgedBy === null || (await areTwoPersons(db, lodgedBy, personId))) return;
  throw new Refusal('unmet', 'This cannot be erased by you.', [
    {
      name: 'secondPerson',
      sentence:
        'You lodged this complaint for somebody, or one of you created the other’s account; another data protection officer has to decide.',
    },
  ]);
}

/** What was written down for her is not carried out by who wrote it, nor before her time to object is over, nor while she says that she did not say it. */
async function refuseDisputed({ db, file, today }: CaseContext, personId: string): Promise<void> {
  const dictation = dictationFacts(file).findLast(({ step, isLast }) => step === 'request-erasure' && isLast);
  if (!dictation) return;
  const needs: UnmetNeed[] = [];
  if ((await noSecondPersons(db, personId, dictation.penHolders)).length > 0)
    needs.push({
      name: 'secondPerson',
      sentence:
        'You wrote this request down for the person, or agreed to it, or one of you created the other’s account; somebody else has to decide.',
    });
  if (!dictation.objected && today <= dictation.objectUntil)
    needs.push({
      name: 'objection',
      sentence: `This was written down for the person, who can say until ${dictation.objectUntil} that they did not ask for it. Nothing is erased before.`,
    });
  if (dictation.objected && dictation.holds !== true)
    needs.push({
      name: 'objection',
      sentence:
        'The person says that they did not ask for this. Nothing is erased unless that was answered and the request holds.',
    });
  if (needs.length > 0) throw new Refusal('unmet', 'This cannot be erased yet.', needs);
}

/** The request is answered; of a case that is gone nothing is due any more. */
async function stopClocks(context: CaseContext, all: boolean): Promise<void> {
  for (const clock of context.file.clocks.filter(
    ({ status, code }) => status !== 'STOPPED' && (all || code === 'GDPR-ERASURE'),
  )) {
    const stopped = { status: 'STOPPED', stoppedOn: context.today };
    await context.update(Clock, clock.id, stopped);
    Object.assign(clock, stopped);
  }
}

async function refuseObstacles(context: CaseContext, isCase: boolean): Promise<void> {
  const { file } = context;
  const state = file.case.state as State;
  const needs: UnmetNeed[] = standingHolds(file).map(({ n, ground }) => ({
    name: 'hold',
    sentence: `Legal hold ${n} (${ground}) stands: nothing is erased until somebody releases it.`,
  }));
  if (isCase && !STATES[state].ended)
    needs.push({
      name: 'ended',
      sentence:
        'The case is still open: it has to end first. Erase the person alone, or refuse with reasons.',
    });
  else if (isCase && (await nextDueOf(context, state)) !== null)
    needs.push({
      name: 'owed',
      sentence: 'Something that was promised or ordered in this case is still owed; settle it first.',
    });
  if (needs.length > 0) throw new Refusal('unmet', 'This cannot be erased yet.', needs);
}
