import { Injectable } from '@nestjs/common';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import type { EntityManager } from 'typeorm';
import type { Visitor } from '../../people/visitor';
import { newId } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { Time, type Day } from '../../platform/time';
import type { Case } from '../../records/entities/case';
import { Party } from '../../records/entities/party';
import { SurveyAnswer } from '../../records/entities/survey-answer';
import { Transactions } from '../../records/transactions';
import { STATES, type State } from '../../rules/states';
import {
  changeableUntil,
  SURVEY_CHANGES,
  SURVEY_COMMENT_MAX_LENGTH,
  SURVEY_QUESTIONS,
  type SurveyQuestion,
} from '../../rules/survey';
import { Vault } from '../../vault/vault';
import { findCase, readCaseFile, type CaseFile } from '../case-file';
import { actorOf, ownKeyOf } from '../case-visitor';
import { ChangeCase } from '../change-case';
import { isStorableText } from '../intake/complaint-form';
import { actsNoMore } from '../mandate-rows';
import { OpenWords } from '../open-words';
import { mayGovern } from '../receipts';

const message = 'error.survey.score';

/** From 1 to 5; null: skipped. */
export class SurveyForm implements Record<SurveyQuestion, number | null> {
  @IsOptional() @IsInt({ message }) @Min(1, { message }) @Max(5, { message }) easy: number | null = null;
  @IsOptional() @IsInt({ message }) @Min(1, { message }) @Max(5, { message }) respect: number | null = null;
  @IsOptional() @IsInt({ message }) @Min(1, { message }) @Max(5, { message }) informed: number | null = null;
  @IsOptional() @IsInt({ message }) @Min(1, { message }) @Max(5, { message }) fair: number | null = null;
  @IsOptional() @IsString({ message: 'error.text.not-text' }) comment: string | null = null;
}

export interface SurveyView extends Record<SurveyQuestion, number | null> {
  /** False where no ending can be rated, or its answers cannot be changed any more. */
  isOpen: boolean;
  /** Null while it was not given. */
  changeableUntil: Day | null;
  comment: string | null;
}

/**
 * The survey after an ending, once for each: whoever decides in the case gives it with a receipt, and nobody who works on it sees it. What
 * somebody gave who acts for the person she gives anew with a receipt of her own.
 */
@Injectable()
export class Surveys {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
    private readonly vault: Vault,
    private readonly time: Time,
  ) {}

  /** The survey of the newest ending, as it was given. */
  async view(visitor: Visitor): Promise<SurveyView> {
    const key = ownKeyOf(visitor);
    return this.transactions.read(async (db) => {
      const file = await readCaseFile(db, await findCase(db, key));
      const last = await db.findOneBy(SurveyAnswer, endingOf(file.case));
      const given = isFor(visitor, last) ? last : null;
      const words = given?.commentSealed ? await OpenWords.of(this.vault, db, file.case.id) : null;
      return {
        isOpen: (await this.faultOf(db, file, visitor, last)) === null,
        changeableUntil: given ? changeableUntil(given.givenOn) : null,
        easy: given?.easy ?? null,
        respect: given?.respect ?? null,
        informed: given?.informed ?? null,
        fair: given?.fair ?? null,
        comment: words?.maybe('survey_answers', 'commentSealed', given!.id, given!.commentSealed) ?? null,
      };
    });
  }

  /** Gives the survey, or changes what was given. Throws a `Refusal` where there is nothing to rate or it is too late. */
  async give(visitor: Visitor, { comment, ...scores }: SurveyForm): Promise<void> {
    const text = checkedComment(comment);
    if (text === null && Object.values(scores).every((score) => score === null))
      throw new Refusal('invalid', 'The survey says nothing.', [
        { name: 'survey', field: SURVEY_QUESTIONS[0], sentence: 'error.survey.empty' },
      ]);
    await this.changeCase.run(
      ownKeyOf(visitor),
      undefined,
      () => actorOf(visitor),
      async (context) => {
        const { actor, db, file, caseId, today } = context;
        const last = await db.findOneBy(SurveyAnswer, endingOf(file.case));
        const fault = await this.faultOf(db, file, visitor, last);
        if (fault) throw new Refusal('conflict', 'The survey cannot be given now.', [fault]);
        const id = last?.id ?? newId();
        const isAnew = !last || saysInstead(visitor, last);
        const said = {
          ...scores,
          byRole: actor.role,
          givenOn: isAnew ? today : last.givenOn,
          times: isAnew ? 1 : last.times + 1,
          commentSealed: context.sealMaybe('survey_answers', 'commentSealed', id, text),
        };
        if (last) await context.update(SurveyAnswer, id, said);
        else await context.insert(SurveyAnswer, { id, caseId, closedOn: file.case.closedOn!, ...said });
        return { act: 'answer-survey', facts: {}, result: null };
      },
    );
  }

  private async faultOf(
    db: EntityManager,
    file: CaseFile,
    visitor: Visitor,
    last: SurveyAnswer | null,
  ): Promise<{ name: string; sentence: string } | null> {
    const fault = (sentence: string) => ({ name: 'survey', sentence });
    const { id, state, closedOn } = file.case;
    const today = this.time.today();
    const isHolder = visitor.kind === 'rightsholder';
    if (
      !isHolder ||
      actsNoMore(visitor, file, today) ||
      !mayGovern(visitor, await db.findBy(Party, { caseId: id }))
    )
      return fault('error.survey.not-yours');
    if (!STATES[state as State].ended || closedOn === null) return fault('error.survey.not-ended');
    if (!last || saysInstead(visitor, last)) return null;
    const isOver = last.times >= SURVEY_CHANGES || changeableUntil(last.givenOn) < today;
    return isOver ? fault('error.survey.over') : null;
  }
}

/** Whether the person says now what somebody said for her: hers takes its place, and what they changed is not counted against her. */
function saysInstead(visitor: Visitor, { byRole }: SurveyAnswer): boolean {
  return byRole === 'REP' && visitor.kind === 'rightsholder' && visitor.role === 'RH';
}

/** What the person said is for her alone, not for whoever acts for her: she may have written of exactly them. */
function isFor(visitor: Visitor, given: SurveyAnswer | null): boolean {
  if (visitor.kind !== 'rightsholder') return false;
  return visitor.role === 'RH' || (visitor.role === 'REP' && given?.byRole === 'REP');
}

function endingOf({ id, closedOn }: Case): { caseId: string; closedOn: Day } {
  return { caseId: id, closedOn: closedOn ?? '' };
}

function checkedComment(comment: string | null): string | null {
  if (comment === null || comment.trim() === '') return null;
  const fault =
    comment.length > SURVEY_COMMENT_MAX_LENGTH
      ? 'error.text.too-long'
      : isStorableText(comment)
        ? null
        : 'error.text.unreadable';
  if (fault)
    throw new Refusal('invalid', 'The text cannot be taken as it is.', [
      {
        name: fault,
        field: 'comment',
        sentence: fault,
        ...(fault === 'error.text.too-long' && {
          measure: { length: comment.length, most: SURVEY_COMMENT_MAX_LENGTH },
        }),
      },
    ]);
  return comment;
}
