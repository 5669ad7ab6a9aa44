import { Readable } from 'node:stream';
import { Alerts } from '../../src/casework/alerts/alerts';
import { Disposals } from '../../src/casework/erasure/disposals';
import { AddDraftFiles } from '../../src/casework/intake/add-draft-files';
import { Drafts } from '../../src/casework/intake/drafts';
import { Lodge } from '../../src/casework/intake/lodge';
import { TakeMail } from '../../src/casework/intake/mail/take-mail';
import { OpenCase } from '../../src/casework/intake/open-case';
import { FindPatterns } from '../../src/casework/patterns/find-patterns';
import { PatternReviews } from '../../src/casework/patterns/pattern-reviews';
import { SavedViews } from '../../src/casework/queue/saved-views';
import { IndexCases } from '../../src/casework/search/index-cases';
import { SearchCases } from '../../src/casework/search/search-cases';
import { TakeStep } from '../../src/casework/take-step';
import { keyOf, Wordings } from '../../src/casework/wordings/wordings';
import type { Staff } from '../../src/commands/demo/organisation';
import { placesOf } from '../../src/notices/letter-words';
import { Accounts } from '../../src/people/accounts';
import { Invitations } from '../../src/people/invitations';
import { Sessions } from '../../src/people/sessions';
import type { Visitor } from '../../src/people/visitor';
import { Case } from '../../src/records/entities/case';
import { LODGING_QUESTIONS } from '../../src/rules/lodging-questions';
import { TEST_PASSWORD, type TestApp } from '../harness/app';
import { plant, PLANT } from '../harness/plants';

type Hers = <T>(deed: () => Promise<T>) => Promise<T>;

/** Plants something in every text that is typed outside the steps of a case. `references`: of the cases that this makes. */
export async function throughOtherDoors(
  app: TestApp,
  staff: Staff,
  hers: Hers,
): Promise<{ references: string[] }> {
  await leaveDraft(app, hers);
  await keepView(app, staff);
  await draftWording(app, staff);
  await nameOneself(app, staff);
  await decidePattern(app, staff);
  return {
    references: [
      await writeMail(app, hers),
      await wantAlert(app, hers),
      await proposeDisposal(app, staff, hers),
    ],
  };
}

async function leaveDraft(app: TestApp, hers: Hers): Promise<void> {
  const drafts = app.get(Drafts);
  const token = await hers(() => drafts.begin({ question: 'what-happened', typed: { narrative: plant() } }));
  for (const { name, fields } of LODGING_QUESTIONS.slice(1)) {
    const typed = Object.fromEntries(fields.map((field) => [field, plant()]));
    if (fields.length > 0) await hers(() => drafts.answer(token, { question: name, typed, seenVersion: 0 }));
  }
  async function* form() {
    yield { type: 'field' as const, fieldname: 'describes', value: plant() };
    yield {
      type: 'file' as const,
      fieldname: 'file',
      filename: `${PLANT}.txt`,
      file: Readable.from([Buffer.from(plant())]),
    };
  }
  await hers(() => app.get(AddDraftFiles).run(token, form() as never));
}

const keepView = (app: TestApp, staff: Staff) =>
  app.get(SavedViews).save(staff.triage.visitor, { name: plant('Mine'), query: {}, isShared: true });

async function draftWording(app: TestApp, staff: Staff): Promise<void> {
  const key = keyOf('LETTER_TEXT', 'receipt', 'sw');
  const { seen } = await app.get(Wordings).view('LETTER_TEXT', 'receipt', 'sw');
  const places = placesOf('receipt').must.map((name) => `{${name}}`);
  const body = [plant(), ...places].join('\n\n');
  await app.get(Wordings).draft(staff.triage.visitor, key, { subject: plant('{reference}'), body }, seen);
}

/** A member of staff who does nothing: the history of a case names those who do. */
async function nameOneself(app: TestApp, staff: Staff): Promise<void> {
  const invitedBy = staff.administrator.personId;
  const secret = await app.get(Invitations).invite({ roles: ['INT'], unit: null, invitedBy });
  const account = { name: plant(), email: `${PLANT}@example.org`, password: TEST_PASSWORD };
  await app.get(Accounts).acceptInvitation(secret, account);
}

/** Of the pattern that the cases before have made. */
async function decidePattern(app: TestApp, staff: Staff): Promise<void> {
  await app.get(FindPatterns).run();
  const { visitor } = staff.triage;
  const [found] = await app.get(PatternReviews).list(visitor);
  await app.get(PatternReviews).decide(visitor, found!.number, found!.revision, {
    patternDecision: 'PD-WATCH',
    decisionReasons: plant(),
  });
}

async function writeMail(app: TestApp, hers: Hers): Promise<string> {
  const mail = {
    digest: 'a'.repeat(64),
    from: `${PLANT}@mail.example`,
    isAutomatic: false,
    answersTo: [],
    language: null,
    text: plant(),
    hasBody: true,
    files: [{ fileName: `${PLANT}.txt`, content: Buffer.from(plant()) }],
  };
  expect(await hers(() => app.get(TakeMail).run(mail, app.time.today()))).toMatchObject({ fate: 'lodged' });
  const [row] = await app.source.getRepository(Case).find({ order: { id: 'DESC' }, take: 1 });
  return row!.reference;
}

async function wantAlert(app: TestApp, hers: Hers): Promise<string> {
  const { reference, receipt } = await hers(() => app.get(Lodge).run({ narrative: plant() }, { role: 'RH' }));
  const holder = (await opened(app, hers, receipt)) as Parameters<Alerts['set']>[0];
  await hers(() => app.get(Alerts).set(holder, `${PLANT}@mail.example`));
  return reference;
}

/** Of a case that ended, and in which no system was named that would hold it. */
async function proposeDisposal(app: TestApp, staff: Staff, hers: Hers): Promise<string> {
  const form = { narrative: plant(), accommodation: plant() };
  const { reference, receipt } = await hers(() => app.get(Lodge).run(form, { role: 'RH' }));
  const words = new RegExp(`${PLANT}\\d+`).exec(form.narrative)![0];
  await app.integrate();
  while ((await app.get(IndexCases).follow()) > 0);
  expect((await app.get(SearchCases).run(staff.triage.visitor, { words })).cases).toHaveLength(1);
  const visitor = await opened(app, hers, receipt);
  await hers(() => app.get(TakeStep).run({ reference, step: 'withdraw', visitor, answers: {} }));
  await app.get(Disposals).propose(staff.dataProtection.visitor, {
    schedule: 'RS-SPECIAL',
    reason: plant(),
    references: [reference],
  });
  return reference;
}

/** Her own session, looked at while it is her time: at another it would be one of a clock that ran ahead. */
function opened(app: TestApp, hers: Hers, receipt: string): Promise<Visitor> {
  return hers(async () => {
    const { token } = await app.get(OpenCase).byReceipt(receipt, 'program');
    return (await app.get(Sessions).resolve(token))!.visitor;
  });
}
