import { OpenCase } from '../../src/casework/intake/open-case';
import { Messages } from '../../src/casework/messages';
import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { Receipts } from '../../src/casework/receipts';
import { Sessions } from '../../src/people/sessions';
import type { Visitor } from '../../src/people/visitor';
import { Question } from '../../src/records/entities/question';
import { CHOSEN_REFUSAL_CODES } from '../../src/rules/dictations';
import { LANGUAGES, say } from '../../src/words/words';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { BY_PHONE } from '../harness/phone-walk';
import { hireStaff, Walk, type Staff } from '../harness/walk';

type Holder = Visitor & { kind: 'rightsholder' };

const TODAY = '2026-11-24';
const SAID = { ...BY_PHONE, saidOn: TODAY };
/** How something came in, in every word that a page or letter has for it. */
const HOW = ['phone', 'in-person', 'by telephone', 'in person', '"INT"', say('en', 'role.INT')];

describe.each(engines())('who reads what was said to staff, on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;
  let readers: Record<'RH' | 'REP' | 'SUP', Holder>;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  beforeEach(async () => {
    house.time.goTo(`${TODAY}T09:00:00.000Z`);
    walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    readers = { RH: walk.holder, REP: await beside('REPRESENTATIVE'), SUP: await beside('SUPPORTER') };
  });
  afterAll(async () => {
    await house.integrate();
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  async function beside(role: 'REPRESENTATIVE' | 'SUPPORTER'): Promise<Holder> {
    const { receipt } = await house.get(Receipts).add(walk.holder, role);
    const { token } = await house.get(OpenCase).byReceipt(receipt, 'program');
    return (await house.get(Sessions).resolve(token))!.visitor as Holder;
  }
  const view = (reader: Holder) => house.get(ReadMyCase).view(reader, 'en');
  const toOffer = async () => {
    await walk.toFindings();
    await walk.toOffer();
  };
  const ask = (questionText: string) =>
    walk.by('INV', 'ask-question', { questionText, why: 'To find the file.', dueOn: '2026-12-20' });
  /** Everything of the case that tells of what was said to staff. */
  const told = async (reader: Holder) => {
    const { dictations, dictationsProposed, questions, letters, translations } = await view(reader);
    const lines = (await house.get(ReadMyCase).timeline(reader)).filter(({ byRole }) => byRole !== 'INT');
    const messages = await house.get(Messages).list(reader);
    const ofHers = letters.filter(({ paragraphs }) =>
      paragraphs.some((each) => each.startsWith(say('en', 'letter.quoted.toldStep'))),
    );
    return { dictations, dictationsProposed, questions, letters: ofHers, translations, lines, messages };
  };
  /** Of what was said: on the page, in a letter, in an answer, in a message and in the history. */
  const sayEverywhere = async (more: object) => {
    const said = { ...SAID, ...more, saidWords: 'Karl must not know that I came.' };
    await ask('In which month?');
    await walk.by('INT', 'answer-question', { ...said, reply: 'In July.' });
    await toOffer();
    await walk.by('INT', 'ask-about-offer', { ...said, offerQuestion: 'And my costs?' });
    await walk.by('INT', 'counter-offer', { ...said, counterOfferText: 'My costs, too.' });
    await walk.by('PRT', 'counter-offer', { dictationRefusedFor: 'DR-WHAT' }, false);
    await walk.by('INT', 'refuse-offer', said);
    await walk.by('PRT', 'report-retaliation', { ...said, threat: 'He threatens me.' });
  };

  it('tells the person how it came in and what was said, and nobody beside her', async () => {
    await sayEverywhere({ saidThrough: 'in-person' });
    const { letters } = await house.get(ReadCase).forStaff(walk.reference, staff.PRT);
    await walk.by('INV', 'add-translation', {
      translatedKind: 'LETTER',
      translatedNumber: letters.find(({ letter }) => letter === 'written-down')!.revision,
      translationLanguage: 'en',
      translationAuthor: 'MACHINE',
      translationText: 'Karl must not know that I came.',
    });
    const hers = await told(readers.RH);
    expect(hers.translations).toHaveLength(1);
    expect(hers.questions).toMatchObject([{ answeredThrough: { saidBy: 'RH', saidThrough: 'in-person' } }]);
    expect(hers.messages).toMatchObject([{ cameBy: 'in-person', penRole: 'INT' }]);
    expect(hers.lines.filter(({ dictated }) => dictated).map(({ act }) => act)).toEqual([
      'answer-question',
      'ask-about-offer',
      'report-retaliation',
    ]);
    expect(hers.dictations).toMatchObject([
      { step: 'answer-question', saidThrough: 'in-person', byRole: 'INT', saidOn: TODAY },
      { step: 'ask-about-offer', saidThrough: 'in-person', byRole: 'INT' },
      { step: 'report-retaliation', saidThrough: 'in-person', byRole: 'PRT', words: null },
    ]);
    const quoted = hers.letters.filter(({ paragraphs }) => paragraphs.join().includes('Karl'));
    expect(quoted.map(({ letter }) => letter).sort()).toEqual([
      'dictation-refused',
      'dictation-waits',
      'dictation-waits',
      'written-down',
      'written-down',
    ]);

    for (const reader of [readers.REP, readers.SUP]) {
      const theirs = await told(reader);
      // What was said stands there, not how.
      expect(theirs.dictations.map(({ step, saidBy }) => [step, saidBy])).toEqual(
        hers.dictations.map(({ step, saidBy }) => [step, saidBy]),
      );
      expect(theirs.letters.map(({ letter }) => letter)).toEqual(hers.letters.map(({ letter }) => letter));
      expect(theirs.lines.map(({ act }) => act)).toEqual(hers.lines.map(({ act }) => act));
      const text = JSON.stringify(theirs);
      for (const part of ['Karl', ...HOW]) expect(text).not.toContain(part);
      expect(text).not.toContain(say('en', 'letter.also.written-down'));
    }
  });

  it('tells who speaks for her what they said themselves, her that it was they, and nobody else who speaks for her', async () => {
    await sayEverywhere({ saidBy: 'REP', mandateNumber: 1 });
    for (const reader of [readers.RH, readers.REP]) {
      const { dictationsProposed, letters, messages, questions } = await told(reader);
      expect(dictationsProposed).toMatchObject([
        { saidBy: 'REP', saidThrough: 'phone', words: 'Karl must not know that I came.' },
        { saidBy: 'REP', saidThrough: 'phone' },
      ]);
      expect(messages).toMatchObject([{ fromRole: 'REP', cameBy: 'phone' }]);
      expect(questions).toMatchObject([{ answeredThrough: { saidBy: 'REP' } }]);
      expect(letters.length).toBeGreaterThan(0);
      for (const { paragraphs } of letters.filter(({ letter }) => letter !== 'retaliation-received')) {
        expect(paragraphs).toContain(`${say('en', 'letter.quoted.toldSpeaker')}\n${say('en', 'role.REP')}`);
        expect(paragraphs.join('\n')).not.toMatch(/\b[Yy]ou (said|told)\b/);
      }
    }
    for (const reader of [readers.SUP, await beside('REPRESENTATIVE')]) {
      const text = JSON.stringify(await told(reader));
      for (const part of ['Karl', ...HOW]) expect(text).not.toContain(part);
    }
  });

  it('tells nobody of her side that a way may not have been safe, and gives another reason the same words', async () => {
    await toOffer();
    await walk.by('INT', 'accept-offer', { ...SAID, understood: true });
    await walk.by('PRT', 'accept-offer', { dictationRefusedFor: 'DR-UNSAFE' }, false);
    for (const reader of Object.values(readers)) {
      const { dictationsProposed, letters } = await view(reader);
      expect(dictationsProposed).toMatchObject([{ refusedFor: 'DR-WAY' }]);
      expect(JSON.stringify([dictationsProposed, letters])).not.toMatch(/UNSAFE|safe for you/);
      expect(letters.at(-1)!.paragraphs.join('\n')).toContain(say('en', 'code.dictationRefusedFor.DR-WAY'));
    }
    for (const language of LANGUAGES)
      expect(say(language, 'code.dictationRefusedFor.DR-UNSAFE')).toBe(
        say(language, 'code.dictationRefusedFor.DR-WAY'),
      );
    // Staff read it in the history.
    const history = await house.get(ReadCase).history(walk.reference, staff.PRT);
    expect(history.find(({ act }) => act === 'refuse-accept-offer')!.facts).toMatchObject({
      dictationRefusedFor: 'DR-UNSAFE',
    });
  });

  it('says of an answer that it was written down only where that very one was', async () => {
    await ask('In which month?');
    await walk.by('RH', 'answer-question', { reply: 'In July, I wrote it myself.' });
    await ask('At which office?');
    await walk.by('INT', 'answer-question', { ...SAID, reply: 'In the town hall.' });
    const { questions } = await view(readers.RH);
    expect(questions.map(({ n, answeredOn, answeredThrough }) => [n, answeredOn, answeredThrough])).toEqual([
      [1, TODAY, null],
      [2, TODAY, { saidBy: 'RH', byRole: 'INT', saidOn: TODAY, saidThrough: 'phone' }],
    ]);
    // Only what she answered herself shows that she agrees that it is solved elsewhere.
    const needs = async (questionNumber: number) =>
      walk
        .by('DEC', 'close-resolved-elsewhere', {
          complainantAgrees: true,
          body: 'The ombudsman',
          reasons: 'She told us that it is solved.',
          questionNumber,
        })
        .then(
          () => [],
          ({ needs: unmet }: { needs: { name: string }[] }) => unmet.map(({ name }) => name),
        );
    expect(await needs(2)).toEqual(['elsewhereOnRecord']);
    expect(await needs(1)).toEqual([]);
  });

  it('goes by the day of an answer from before its entry was kept', async () => {
    await ask('In which month?');
    await walk.by('INT', 'answer-question', { ...SAID, reply: 'In July.' });
    const where = { caseId: walk.holder.caseId };
    const questions = house.source.getRepository(Question);
    const { answeredRevision } = await questions.findOneByOrFail(where);
    await questions.update(where, { answeredRevision: null });
    expect((await view(readers.RH)).questions).toMatchObject([{ answeredThrough: { saidThrough: 'phone' } }]);
    await questions.update(where, { answeredRevision });
  });

  it('lets nobody choose that the case went on', async () => {
    expect(CHOSEN_REFUSAL_CODES).toEqual(['DR-WHO', 'DR-WHAT', 'DR-UNSAFE', 'DR-WAY']);
    await toOffer();
    await walk.by('INT', 'appeal', { ...SAID, grounds: 'It is too little.' });
    await expect(walk.by('PRT', 'appeal', { dictationRefusedFor: 'DR-OVER' }, false)).rejects.toMatchObject({
      needs: [{ field: 'dictationRefusedFor' }],
    });
    expect((await view(readers.RH)).dictationsProposed).toMatchObject([{ refusedFor: null }]);
  });

  it('lets nobody who investigated or decided refuse a review that she asks for', async () => {
    await toOffer();
    await walk.by('INT', 'appeal', { ...SAID, grounds: 'It is too little.' });
    for (const part of ['INV', 'DEC'] as const) {
      const both = await house.officer('PRT', part);
      await walk.bring(both, part);
      const before = staff.PRT;
      staff.PRT = both;
      await expect(
        walk.take('PRT', 'appeal', { dictationRefusedFor: 'DR-WHO' }, false),
      ).rejects.toMatchObject({ needs: [{ name: 'secondPersonIndependent' }] });
      staff.PRT = before;
    }
    await walk.by('PRT', 'appeal', { dictationRefusedFor: 'DR-WHO' }, false);
    expect((await view(readers.RH)).dictationsProposed).toMatchObject([{ refusedFor: 'DR-WHO' }]);
  });
});
