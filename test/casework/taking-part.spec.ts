import { Readable } from 'node:stream';
import { EvidenceFiles } from '../../src/casework/evidence-files';
import { Messages } from '../../src/casework/messages';
import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { ReadQueue } from '../../src/casework/queue/read-queue';
import { IndexCases } from '../../src/casework/search/index-cases';
import { SearchCases } from '../../src/casework/search/search-cases';
import { Refusal } from '../../src/platform/refusal';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

describe.each(engines())('taking part in a case on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  beforeEach(async () => {
    house.time.goTo('2026-11-24T09:00:00.000Z');
    walk = await Walk.lodge(house, staff);
  });
  afterEach(async () => expect((await house.verify()).differences).toEqual([]));
  afterAll(() => house.close());

  const mine = () => house.get(ReadMyCase).view(walk.holder, 'en');
  const ours = () => house.get(ReadCase).forStaff(walk.reference, staff.TRI);
  const write = (text: string, language?: string) =>
    house.get(Messages).write(walk.holder, text, undefined, language);
  const needsOf = async (deed: Promise<unknown>) => {
    const refusal = await deed.then(
      () => null,
      (error: unknown) => error as Refusal,
    );
    return refusal?.needs.map(({ name }) => name) ?? 'TAKEN';
  };
  const close = async () => {
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    await walk.toMonitoring();
    await walk.close();
  };

  describe('by asking for support', () => {
    it('gives each request a day of its own, which stands in the queue, and a letter that says it', async () => {
      await walk.by('RH', 'request-support', { supportKind: 'INTERPRETER', wish: 'Tigrinya, a woman.' });
      house.time.addDays(1);
      await walk.by('RH', 'request-support', { supportKind: 'MEETING' });
      expect((await mine()).supports).toMatchObject([
        { n: 1, kind: 'INTERPRETER', wish: 'Tigrinya, a woman.', status: 'ASKED', dueOn: '2026-12-01' },
        { n: 2, kind: 'MEETING', wish: null, status: 'ASKED', dueOn: '2026-12-02' },
      ]);
      const clocks = (await mine()).clocks.filter(({ code }) => code === 'TARGET-SUPPORT');
      expect(clocks).toMatchObject([
        { basis: 'internal', dueInternal: '2026-12-01', status: 'RUNNING' },
        { dueInternal: '2026-12-02', status: 'RUNNING' },
      ]);
      expect((await mine()).letters.at(-1)!.paragraphs.at(-1)).toContain('December 2, 2026');
    });

    it('is arranged, or declined with reasons and something else instead, each on its own', async () => {
      await walk.by('RH', 'request-support', { supportKind: 'INTERPRETER' });
      await walk.by('RH', 'request-support', { supportKind: 'ACCESSIBLE_FORMAT' });
      expect(await needsOf(walk.by('INT', 'decline-support', { supportNumber: 2, reasons: 'No.' }))).toEqual([
        'answer',
      ]);
      await walk.by('INT', 'decline-support', {
        supportNumber: 2,
        reasons: 'We have no braille printer.',
        alternative: 'We read it to you.',
      });
      await walk.by('INT', 'arrange-support', { supportNumber: 1, arrangement: 'Monday at ten, by phone.' });
      expect((await mine()).supports).toMatchObject([
        { status: 'ARRANGED', arrangement: 'Monday at ten, by phone.' },
        { status: 'DECLINED', reasons: 'We have no braille printer.', alternative: 'We read it to you.' },
      ]);
      expect(
        (await mine()).clocks.filter(({ code }) => code === 'TARGET-SUPPORT').map(({ status }) => status),
      ).toEqual(['STOPPED', 'STOPPED']);
      expect(
        await needsOf(walk.by('INT', 'arrange-support', { supportNumber: 2, arrangement: 'Yes.' })),
      ).toEqual(['supportAsked']);
      await walk.by('INT', 'end-support', { supportNumber: 1 });
      expect((await mine()).supports[0]!.status).toBe('DONE');
    });

    it('is taken back by her alone while it is not answered, and by withdrawing', async () => {
      await walk.by('RH', 'request-support', { supportKind: 'MEETING' });
      expect(await needsOf(walk.by('INT', 'end-support', { supportNumber: 1 }))).toEqual(['supportGoesOn']);
      await walk.by('RH', 'end-support', { supportNumber: 1 });
      await walk.by('RH', 'request-support', { supportKind: 'MEETING' });
      await walk.by('RH', 'withdraw');
      expect((await mine()).supports.map(({ status }) => status)).toEqual(['TAKEN_BACK', 'TAKEN_BACK']);
    });

    it('stays due after the case has ended, until somebody answers', async () => {
      await close();
      await walk.by('RH', 'request-support', { supportKind: 'INTERPRETER' });
      house.time.addDays(90);
      const { cases } = await house.get(ReadQueue).page({ due: 'overdue', limit: 100 }, staff.TRI);
      expect(cases.map(({ reference }) => reference)).toContain(walk.reference);
      expect((await mine()).dialogue).toEqual({ isOpen: true, until: null });
    });
  });

  describe('by adding and correcting', () => {
    it('keeps the first text and shows both, with days, to her and to staff', async () => {
      house.time.addDays(2);
      await walk.by('RH', 'amend-complaint', {
        amendKind: 'CORRECTION',
        amendedPart: 'narrative',
        amendText: 'They cut it, they did not stop it.',
        writtenIn: 'fr',
      });
      await walk.by('RH', 'amend-complaint', {
        amendKind: 'ADDITION',
        amendedPart: 'whenHappened',
        amendText: 'In June.',
      });
      for (const view of [await mine(), await ours()]) {
        expect(view.complaint.narrative).toBe('The system stopped my benefit.');
        expect(view.amendments).toMatchObject([
          { n: 1, kind: 'CORRECTION', part: 'narrative', language: 'fr', writtenOn: '2026-11-26' },
          { n: 2, kind: 'ADDITION', part: 'whenHappened', text: 'In June.', language: 'en' },
        ]);
      }
    });

    it('is found by search like the first text; what she needs to take part is not', async () => {
      await walk.by('RH', 'amend-complaint', {
        amendKind: 'ADDITION',
        amendedPart: 'narrative',
        amendText: 'It was the quixotic module.',
      });
      await walk.by('RH', 'request-support', {
        supportKind: 'ACCESSIBLE_FORMAT',
        wish: 'In braillewriting.',
      });
      await house.integrate();
      await house.get(IndexCases).follow();
      const found = async (words: string) =>
        (await house.get(SearchCases).run(staff.TRI, { words })).cases.map(({ reference }) => reference);
      expect(await found('quixotic')).toEqual([walk.reference]);
      expect(await found('braillewriting')).toEqual([]);
    });
  });

  describe('by writing after the end', () => {
    it('is open with files as long as a review is possible, then says no until we write', async () => {
      await close();
      const { until } = (await mine()).dialogue;
      expect(until).toBe('2027-01-23');
      house.time.goTo(`${until}T09:00:00.000Z`);
      await write('One more thing.');
      await house.get(EvidenceFiles).add(walk.holder, {
        fileName: 'letter.txt',
        content: Readable.from([Buffer.from('late')]),
      });
      house.time.addDays(1);
      expect((await mine()).dialogue.isOpen).toBe(false);
      expect(await needsOf(write('And another.'))).toEqual(['dialogue']);
      expect(
        await needsOf(
          house.get(EvidenceFiles).add(walk.holder, {
            fileName: 'letter.txt',
            content: Readable.from([Buffer.from('too late')]),
          }),
        ),
      ).toEqual(['dialogue']);
      expect(
        await needsOf(
          walk.by('RH', 'amend-complaint', {
            amendKind: 'ADDITION',
            amendedPart: 'narrative',
            amendText: 'Too late.',
          }),
        ),
      ).toEqual(['dialogueIsOpen']);
      await walk.by('RH', 'report-retaliation', { threat: 'They called me.' });
      await house.get(Messages).write(staff.TRI, 'How are you?', walk.reference);
      await write('Better.');
      await walk.by('RH', 'reopen');
      expect((await ours()).state).toBe('triage');
    });
  });

  describe('by approving what was written down', () => {
    const record = () =>
      walk.by('INV', 'record-transcript', {
        occasion: 'PHONE_CALL',
        occasionOn: '2026-11-23',
        writtenIn: 'en',
        transcriptText: 'She said: it was in June.',
      });

    it('approves nothing by silence, and cannot lie ahead', async () => {
      await record();
      house.time.addDays(400);
      expect((await mine()).transcripts).toMatchObject([
        { n: 1, occasion: 'PHONE_CALL', status: 'WAITING', answeredOn: null, byRole: 'INV' },
      ]);
      house.time.goTo('2026-11-20T09:00:00.000Z');
      expect(await needsOf(record())).toEqual(['occasionNotAhead']);
    });

    it('shows her words beside what she says is wrong, also where she approves it later', async () => {
      await record();
      await walk.by('RH', 'dispute-transcript', { transcriptNumber: 1, dispute: 'I said July.' });
      for (const view of [await mine(), await ours()])
        expect(view.transcripts).toMatchObject([{ status: 'DISPUTED', dispute: 'I said July.' }]);
      await walk.by('RH', 'approve-transcript', { transcriptNumber: 1 });
      expect((await ours()).transcripts).toMatchObject([{ status: 'APPROVED', dispute: 'I said July.' }]);
      expect(await needsOf(walk.by('RH', 'approve-transcript', { transcriptNumber: 2 }))).toEqual([
        'transcriptNotApproved',
      ]);
    });
  });

  describe('in her language', () => {
    beforeEach(async () => {
      walk = await Walk.lodge(house, staff, undefined, { language: 'ar' });
    });

    const translate = (translatedKind: string, more: object = {}) =>
      walk.by('INV', 'add-translation', {
        translatedKind,
        translationLanguage: 'ar',
        translationAuthor: 'MACHINE',
        translationText: 'أوقف النظام إعانتي.',
        ...more,
      });

    it('keeps of each message the language that the writer names, otherwise that of the case', async () => {
      await write('Hello', 'en');
      await write('مرحبا');
      expect((await ours()).messages.map(({ language }) => language)).toEqual(['en', 'ar']);
      expect(await needsOf(write('Hello', 'klingon'))).toEqual(['language']);
    });

    it('keeps a translation beside its original, marked as a draft until a person has checked it', async () => {
      await write('Hello');
      await translate('COMPLAINT');
      await translate('MESSAGE', { translatedNumber: 1, translationAuthor: 'INTERPRETER' });
      await walk.by('DIA', 'check-translation', { translationNumber: 1, readBoth: true });
      house.time.addDays(1);
      expect((await mine()).translations).toMatchObject([
        { ofKind: 'COMPLAINT', ofNumber: 0, author: 'MACHINE', status: 'CHECKED', checkedOn: '2026-11-24' },
        { ofKind: 'MESSAGE', ofNumber: 1, author: 'INTERPRETER', status: 'DRAFT', checkedOn: null },
      ]);
      expect(
        await needsOf(walk.by('DIA', 'check-translation', { translationNumber: 1, readBoth: true })),
      ).toEqual(['translationIsDraft']);
    });

    it.each(['AMENDMENT', 'MESSAGE', 'QUESTION', 'OFFER', 'FINDING', 'TRANSCRIPT', 'LETTER'])(
      'takes no translation of a %s that is not there',
      async (kind) => {
        expect(await needsOf(translate(kind, { translatedNumber: 77 }))).toEqual(['textIsThere']);
        expect(await needsOf(translate(kind))).toEqual(['textIsThere']);
      },
    );

    it('takes one of whatever is there', async () => {
      await walk.toInvestigation();
      await walk.by('INV', 'ask-question', { questionText: 'When?', why: 'Why.', dueOn: '2026-12-01' });
      await walk.by('RH', 'amend-complaint', {
        amendKind: 'ADDITION',
        amendedPart: 'narrative',
        amendText: 'More.',
      });
      await walk.by('INV', 'record-transcript', {
        occasion: 'MEETING',
        occasionOn: '2026-11-24',
        writtenIn: 'en',
        transcriptText: 'Said.',
      });
      await walk.toFindings();
      await walk.toOffer();
      const { revision } = (await ours()).letters[0]!;
      for (const kind of ['QUESTION', 'AMENDMENT', 'TRANSCRIPT', 'FINDING', 'OFFER'])
        await translate(kind, { translatedNumber: 1 });
      await translate('LETTER', { translatedNumber: revision });
      expect((await mine()).translations).toHaveLength(6);
    });
  });

  describe('without having to say why', () => {
    it('pauses for as long as she wishes, while legal clocks go on', async () => {
      await walk.by('INT', 'acknowledge', {
        noConflict: true,
        safeChannelChosen: true,
        jurisdiction: 'EU',
        isDataRightsRequest: true,
        reporterIsWorker: false,
        concernsListedLaw: false,
      });
      await walk.by('RH', 'pause', { pauseFor: 'TWO_WEEKS' });
      expect(await mine()).toMatchObject({ suspendedUntil: '2026-12-08' });
      expect((await mine()).letters.at(-1)!.paragraphs.at(-1)).toContain('December 8, 2026');
      const status = async (code: string) =>
        (await mine()).clocks.find((clock) => clock.code === code)!.status;
      expect([await status('GDPR-RTS'), await status('TARGET-ELIGIBILITY-START')]).toEqual([
        'RUNNING',
        'PAUSED',
      ]);
      expect(await needsOf(walk.by('RH', 'pause', { pauseFor: 'WEEK' }))).toEqual(['notSuspended']);
      await walk.by('RH', 'resume');
      expect(await status('TARGET-ELIGIBILITY-START')).toBe('RUNNING');
      await walk.by('RH', 'pause', { pauseFor: 'THIRTY_DAYS' });
      await walk.by('RH', 'withdraw');
      await walk.by('RH', 'come-back');
      expect((await mine()).suspendedUntil).toBeNull();
    });

    it('has the case opened again, appeals and comes back; staff still have to say why', async () => {
      await close();
      expect(await needsOf(walk.by('TRI', 'reopen'))).toEqual(['answer', 'answer']);
      const offered = (await house.get(ReadMyCase).steps(walk.holder)).find(({ step }) => step === 'reopen')!;
      expect(offered).toMatchObject({ asks: [], mayAsk: ['reopenGround', 'reasons'] });
      await walk.by('RH', 'appeal');
      await walk.by('RH', 'withdraw');
      await walk.by('RH', 'come-back');
      expect((await ours()).state).toBe('triage');
    });
  });
});
