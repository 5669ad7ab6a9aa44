import { Injectable } from '@nestjs/common';
import { Sight } from '../../people/sight';
import type { Visitor } from '../../people/visitor';
import { Refusal } from '../../platform/refusal';
import { Transactions } from '../../records/transactions';
import { followsFromTheCase, hasReasonsLetter, REASONS_DRAFT_VERSION } from '../../rules/reasons-letter';
import type { State } from '../../rules/states';
import { APPEAL_OUTCOME_OF, type StepName, type StepRow } from '../../rules/steps';
import { STATES } from '../../rules/states';
import { isStep, stepsFrom } from '../../rules/workflow';
import { Vault } from '../../vault/vault';
import { has, languageOf, say, sayDay, type Language } from '../../words/words';
import { findCase, readCaseFile, type CaseFile } from '../case-file';
import { allegationViews, findingsAreShared, toldActions } from '../case-objects';
import { myEvidenceRequestViews } from '../inquiry/evidence-requests';
import type { AllegationView } from '../inquiry/views';
import { myMeetingViews } from '../inquiry/meetings';
import { Openings } from '../openings';
import { policyOf } from '../policies/policy-of';
import { OpenWords } from '../open-words';
import type { RemedyActionView } from '../remedy/views';
import type { StepContext } from '../step-context';
import type { ReasonsDraftView, ReasonsPart } from './views';

/** More of a kind than this is read on the page of the case, not in a letter. */
const MOST_OF_A_KIND = 20;
/** Characters for everything that somebody wrote, so that a letter with much in it still fits its field. */
const WRITTEN_IN_ALL = 8000;
const LEAST_WRITTEN = 120;
const LONGEST_DRAFT = 18_000;

/** The reasons of what ends or decides a case, drafted from what is known of it, for staff to finish. */
@Injectable()
export class ReasonsLetters {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly sight: Sight,
    private readonly openings: Openings,
  ) {}

  /** The draft for a step that the visitor may take in the state the case is in; null where the step has no such letter. */
  async draft(reference: string, step: string, visitor: Visitor): Promise<ReasonsDraftView | null> {
    if (!isStep(step)) throw new Refusal('not-found', 'There is no such step.');
    const reader = this.sight.readerOf(visitor);
    await this.openings.ofCase(visitor, reference);
    return this.transactions.read(async (db) => {
      const found = await findCase(db, { reference, reader });
      const policy = await policyOf(db, found.policyVersion);
      const row = policy.row(step);
      if (!hasReasonsLetter(row)) return null;
      const file = await readCaseFile(db, found);
      const isGuest = reader.onlyCase !== null;
      if (!stepsFrom(policy.rows, file.case.state as State, reader.roles, { isGuest }).includes(row))
        throw new Refusal('conflict', `“${step}” is not open to you while the case is in this state.`);
      const words = await OpenWords.of(this.vault, db, file.case.id);
      const { language, text } = draftReasons(row, file, words);
      return {
        language,
        version: REASONS_DRAFT_VERSION,
        text,
        inEnglish: partsOf('en', row, file, words),
      };
    });
  }
}

/** The draft in the language of the case, or in English where that is not offered. */
function draftReasons(row: StepRow, file: CaseFile, words: OpenWords): { language: Language; text: string } {
  const language = languageOf(file.case.language);
  const parts = partsOf(language, row, file, words).map(({ text }) => text);
  const why = followsFromTheCase(row) && findingsAreHers(file, row) ? [] : [say(language, 'reasons.why')];
  const text = shortened(parts.join('\n\n'), LONGEST_DRAFT);
  return { language, text: [text, ...why.map((heading) => `${heading}\n`)].join('\n\n') };
}

/**
 * What the entry says of a step whose reasons began as a draft: which version, and whether somebody edited it. Refuses reasons that end
 * where the draft leaves room for the why.
 */
export function draftFacts(step: StepContext): Record<string, unknown> {
  if (!hasReasonsLetter(step.row) || !step.text('reasons')) return {};
  const { language, text } = draftReasons(step.row, step.file, step.words);
  const said = plain(step.text('reasons'));
  if (said.endsWith(say(language, 'reasons.why')))
    throw new Refusal('unmet', 'The letter does not say why yet.', [
      {
        name: 'reasonsSaid',
        field: 'reasons',
        sentence: 'Write why under the last heading: the draft leaves that to you.',
      },
    ]);
  return { lettersDraft: REASONS_DRAFT_VERSION, draftEdited: said !== plain(text) };
}

/** What the letter says by itself, whatever was written: the outcome in words, and until which day a review can be asked for. */
export function tellOutcome(step: StepContext, to: State): void {
  if (!hasReasonsLetter(step.row)) return;
  const name = step.row.step as StepName;
  const ended = STATES[to].ended && to !== step.file.case.state;
  const outcome =
    APPEAL_OUTCOME_OF[name] ??
    (to === 'declined' ? step.text('declineCode') : ended ? step.patch.closureCode : null);
  if (outcome) step.told.outcome = outcome;
  const review = step.file.clocks.findLast(
    ({ code, status }) => code === 'APPEAL-WINDOW' && status === 'RUNNING',
  );
  if (review) step.told.reviewUntil = review.dueLegalLatest;
}

function partsOf(language: Language, row: StepRow, file: CaseFile, words: OpenWords): ReasonsPart[] {
  const findings = findingsAreHers(file, row) ? allegationViews(file, words, 'SHARED') : [];
  const actions = toldActions(file, words);
  const shown = Math.min(findings.length, MOST_OF_A_KIND) * 3 + Math.min(actions.length, MOST_OF_A_KIND) * 2;
  const most = Math.max(LEAST_WRITTEN, Math.floor(WRITTEN_IN_ALL / Math.max(1, shown)));
  const tell = { language, quote: (text: string) => shortened(plain(text), most) };
  const about = say(language, 'reasons.about', { day: sayDay(language, file.case.lodgedOn) });
  return [
    { about: 'complaint', text: about },
    ...listed('findings', tell, findings, findingLines),
    ...underHeading('done', tell, doneLines(tell, file, words)),
    ...listed('remedy', tell, actions, actionLines),
    ...reviewPart(tell, file),
  ];
}

interface Telling {
  language: Language;
  quote: (text: string) => string;
}

/** Whether the findings and their reasons are hers to read, by this step or before it. */
function findingsAreHers(file: CaseFile, { step }: StepRow): boolean {
  return (
    (step === 'share-findings' || findingsAreShared(file)) &&
    file.allegations.some(({ finding }) => finding !== null)
  );
}

function listed<T>(
  about: 'findings' | 'remedy',
  tell: Telling,
  objects: readonly T[],
  lines: (tell: Telling, object: T) => string[],
): ReasonsPart[] {
  const told = objects.slice(0, MOST_OF_A_KIND).map((each) => lines(tell, each).join('\n'));
  return underHeading(about, tell, objects.length > MOST_OF_A_KIND ? [...told, '…'] : told, '\n\n');
}

function underHeading(
  about: 'findings' | 'done' | 'remedy',
  { language }: Telling,
  lines: readonly string[],
  between = '\n',
): ReasonsPart[] {
  if (lines.length === 0) return [];
  return [{ about, text: `${say(language, `reasons.${about}`)}\n\n${lines.join(between)}` }];
}

function findingLines({ language, quote }: Telling, each: AllegationView): string[] {
  const lines = [`${each.n}. ${quote(each.text)}`];
  if (each.finding)
    lines.push(say(language, 'reasons.finding', { finding: say(language, `code.finding.${each.finding}`) }));
  if (each.standardOfProof) lines.push(say(language, `code.standardOfProof.${each.standardOfProof}`));
  if (each.evidenceWithheld) lines.push(say(language, 'letter.also.missing-records'));
  if (each.missingRecords) lines.push(say(language, 'mycase.finding-missing'), quote(each.missingRecords));
  if (each.findingReasons) lines.push(say(language, 'letter.quoted.reasons'), quote(each.findingReasons));
  return lines;
}

function doneLines({ language }: Telling, file: CaseFile, words: OpenWords): string[] {
  const since = (code: string) => file.clocks.find((clock) => clock.code === code)?.startedOn;
  const begun = (code: string, key: string) => {
    const day = since(code);
    return day === undefined ? [] : [say(language, key, { day: sayDay(language, day) })];
  };
  const asked = findingsAreShared(file) ? myEvidenceRequestViews(file) : [];
  const count = (wanted: string) => String(asked.filter(({ status }) => status === wanted).length);
  const met = myMeetingViews(file, words).filter(({ status }) => status === 'HELD').length;
  return [
    ...begun('TARGET-INVESTIGATION', 'reasons.investigated'),
    ...begun('TARGET-DIALOGUE', 'reasons.talked'),
    ...(asked.length > 0
      ? [
          say(language, 'reasons.asked', {
            asked: String(asked.length),
            answered: count('ANSWERED'),
            refused: count('REFUSED'),
          }),
        ]
      : []),
    ...(met > 0 ? [say(language, 'reasons.met', { n: String(met) })] : []),
  ];
}

function actionLines({ language, quote }: Telling, each: RemedyActionView): string[] {
  const lines = [`${each.n}. ${quote(each.description)}`];
  const standing = each.agreed === false && each.status !== 'REFUSED' ? 'WITHOUT_AGREEMENT' : each.status;
  const key = `mycase.action.standing.${standing}`;
  if (each.doneOn) lines.push(say(language, 'mycase.action.done', { day: sayDay(language, each.doneOn) }));
  else if (has(key)) lines.push(say(language, key));
  if (each.verificationResult)
    lines.push(
      `${say(language, 'mycase.action.checked')} ${say(language, `code.actionResult.${each.verificationResult}`)}`,
    );
  if (each.verificationComment) lines.push(quote(each.verificationComment));
  return lines;
}

function reviewPart({ language }: Telling, { appeals }: CaseFile): ReasonsPart[] {
  const appeal = appeals.at(-1);
  if (!appeal) return [];
  return [
    { about: 'review', text: say(language, 'reasons.review', { day: sayDay(language, appeal.filedOn) }) },
  ];
}

/** As it is compared and quoted: a browser sends other ends of lines. */
function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}

/** Cut between two letters as people see them, not inside one. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const letters = [...text.slice(0, most)];
  return `${letters.slice(0, -1).join('').trimEnd()}…`;
}
