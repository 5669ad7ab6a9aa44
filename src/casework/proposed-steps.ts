import type { EntityManager } from 'typeorm';
import { hideUnseenCases, type Reader } from '../people/sight';
import type { UnmetNeed } from '../platform/refusal';
import type { Day } from '../platform/time';
import type { Proposal } from '../records/entities/proposal';
import { dictatedRow } from '../rules/dictated-row';
import type { StepAnswers } from '../rules/needs/facts';
import { unmetNeeds } from '../rules/workflow';
import { openProposal, secondRoleOf, type CaseFile } from './case-file';
import { nameOf, type Names } from './case-objects';
import { isDictated } from './dictations';
import { lastDenialOf } from './dictation-rows';
import { collectFacts, type Looking } from './facts';
import { withWays } from './need-ways';
import { leadsTo } from './open-steps';
import type { OpenWords } from './open-words';
import { needsOfSecond, proposerOf, settlingNeeds } from './second-person';
import type { OpenStep } from './views';

/**
 * The steps of somebody, of which those that are proposed wait for a second person; with them those of others that this reader has to
 * agree to. Each step is there once: what is proposed is not offered as if nobody had.
 */
export async function withProposed(
  db: EntityManager,
  looking: Looking & { reader: Reader },
  file: CaseFile,
  own: readonly OpenStep[],
  { names, words, today }: { names: Names; words: OpenWords; today: Day },
): Promise<OpenStep[]> {
  const { roles } = looking.reader;
  const steps = new Map(own.map((each) => [keyOf(each), each]));
  for (const each of file.policy.rows) {
    const proposal = openProposal(file, each.step);
    if (!proposal) continue;
    const answers = answersOf(proposal, words);
    const dictated = isDictated(answers);
    const row = dictated ? dictatedRow(each) : each;
    const key = keyOf({ step: row.step, dictated });
    const mine = steps.get(key);
    const secondRole = secondRoleOf(proposal);
    const agrees = roles.includes(secondRole);
    if (!mine && !agrees) continue;
    const { maySettle, ofCase, ofPerson } = agrees
      ? await settling(db, looking, file, proposal, { answers, today })
      : { maySettle: false, ofCase: [], ofPerson: [] };
    steps.set(key, {
      step: row.step,
      to: leadsTo(row, file),
      by: secondRole,
      asks: [],
      mayAsk: [],
      // Whoever may propose it may do so anew, which replaces what waits.
      ...(maySettle ? {} : mine),
      readiness: 'PROPOSED',
      dictated,
      unmet: withWays(file, [...ofCase, ...ofPerson]),
      agreedBy: secondRole,
      proposal: {
        proposedBy: nameOf(names, proposal.proposedBy),
        byRole: proposal.byRole,
        proposedOn: proposal.proposedOn,
        deniedOn: dictated ? lastDenialOf(file, each.step) : null,
        answers,
        maySettle,
      },
    });
  }
  return withoutUnseen(db, looking.reader, [...steps.values()]);
}

/** What was answered when it was proposed. */
export function answersOf({ id, answersSealed }: Proposal, words: OpenWords): StepAnswers {
  return JSON.parse(words.text('proposals', 'answersSealed', id, answersSealed)) as StepAnswers;
}

/**
 * Whether a reader in the role that has to agree may settle a proposal, and what is unmet before they can agree: of the case, which may
 * still be met, and of themself, so that somebody else has to.
 */
export async function settling(
  db: EntityManager,
  looking: Looking & { reader: Reader },
  file: CaseFile,
  proposal: Proposal,
  { answers, today }: { answers: StepAnswers; today: Day },
): Promise<{ maySettle: boolean; ofCase: UnmetNeed[]; ofPerson: UnmetNeed[] }> {
  const { personId } = looking.reader;
  const together = await settlingNeeds(db, proposal, personId);
  if (together.length > 0) return { maySettle: false, ofCase: [], ofPerson: together };
  const own = file.policy.row(proposal.step);
  const row = isDictated(answers) ? dictatedRow(own) : own;
  const proposer = proposerOf(file, proposal, answers);
  const facts = await collectFacts(db, looking, file, proposer, answers, today);
  const { toAgree, toRefuse } = await needsOfSecond(db, row, facts, { answers, personId });
  return { maySettle: toRefuse.length === 0, ofCase: unmetNeeds(row, facts, answers), ofPerson: toAgree };
}

/** Of a step that is for staff as well as for her, one is hers to dictate. */
function keyOf({ step, dictated }: Pick<OpenStep, 'step' | 'dictated'>): string {
  return `${step} ${dictated}`;
}

async function withoutUnseen(
  db: EntityManager,
  reader: Reader,
  steps: readonly OpenStep[],
): Promise<OpenStep[]> {
  const seen = await hideUnseenCases(
    db,
    reader,
    steps.flatMap(({ proposal }) => proposal ?? []),
    'answers',
  );
  let n = 0;
  return steps.map((each) => (each.proposal ? { ...each, proposal: seen[n++]! } : each));
}
