import { ReasonsLetters } from '../../../src/casework/closure/reasons-letters';
import { ReadCase } from '../../../src/casework/read-case';
import { ReadMyCase } from '../../../src/casework/read-my-case';
import { Refusal } from '../../../src/platform/refusal';
import { APPEAL_OUTCOME_LIST, CLOSURE_CODE_LIST, DECLINE_CODE_LIST } from '../../../src/rules/outcomes';
import { hasReasonsLetter } from '../../../src/rules/reasons-letter';
import { STEPS, type StepRow } from '../../../src/rules/steps';
import { has, LANGUAGES, say, sayDay } from '../../../src/words/words';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { OPENING_ACTS } from '../../../src/rules/reading';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

const ROWS: readonly StepRow[] = STEPS;
const SHARED = {
  aiRole: 'It scored the file.',
  evidenceList: 'The letter.',
  affectedOthers: 'About forty.',
  vendorReply: 'It answered.',
};

describe('the steps with drafted reasons', () => {
  it('are all that end, refuse or decide a case towards the person and say why', () => {
    expect(ROWS.filter(hasReasonsLetter).map(({ step }) => step)).toEqual([
      ...['decline', 'refer', 'confirm-referral', 'share-findings', 'remedy-without-agreement', 'close'],
      ...[
        'close-unsubstantiated',
        'close-without-remedy',
        'close-linked',
        'close-lost-contact',
        'close-merged',
      ],
      ...['close-resolved-elsewhere', 'close-own-initiative', 'close-withdrawn'],
      ...['uphold-appeal', 'vary-decision', 'send-back', 'admit-case', 'confirm-offer', 'confirm-measures'],
      ...['reject-appeal', 'refuse-late-appeal'],
    ]);
  });

  it('have words for every outcome, but for the one that its ground says better', () => {
    const codes = [...CLOSURE_CODE_LIST, ...DECLINE_CODE_LIST, ...APPEAL_OUTCOME_LIST];
    expect(codes.filter((code) => !has(`outcome.${code}`))).toEqual(['CR-DECLINED']);
  });
});

describe.each(engines())('the reasons letter on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const begin = (language = 'en', narrative = 'The system stopped my benefit.') => {
    house.time.goTo('2026-11-24');
    return Walk.lodge(house, staff, narrative, { language });
  };
  const draftOf = async (walk: Walk, step: string, who: keyof Staff = 'DEC') => {
    await walk.joinTeam(who);
    return house.get(ReasonsLetters).draft(walk.reference, step, staff[who]);
  };
  const found = async (walk: Walk, finding = 'FC-SUBST', reasons = 'The log shows it.') => {
    await walk.toInvestigation();
    await walk.by('INV', 'record-finding', {
      allegationNumber: 1,
      finding,
      standardOfProof: 'SP-BALANCE',
      findingCauses: ['RC-THRESH'],
      reasons,
    });
    await walk.by('INV', 'determine-involvement', {
      involvement: 'CAUSE',
      involvementBasis: 'We set the threshold.',
      rootCauses: ['RC-THRESH'],
    });
  };
  const lettersOf = async (walk: Walk, language?: string) =>
    (await house.get(ReadMyCase).view(walk.holder, language)).letters;
  const lastEntry = async (walk: Walk) =>
    (await house.get(ReadCase).history(walk.reference, staff.TRI)).findLast(
      ({ act }) => !OPENING_ACTS.some((opening) => opening === act),
    )!;

  it.each(LANGUAGES)(
    'is drafted in %s from findings, what was done and what was verified',
    async (language) => {
      const walk = await begin(language);
      await walk.toInvestigation();
      await walk.toFindings();
      await walk.toOffer();
      await walk.toMonitoring();
      const draft = (await draftOf(walk, 'close'))!;
      expect(draft.language).toBe(language);
      for (const told of [
        say(language, 'reasons.about', { day: sayDay(language, '2026-11-24') }),
        'The benefit was stopped without a human looking.',
        say(language, 'code.finding.FC-SUBST'),
        say(language, 'code.standardOfProof.SP-BALANCE'),
        'The log shows it.',
        say(language, 'reasons.investigated', { day: sayDay(language, '2026-11-24') }),
        'A person decides anew.',
        say(language, 'mycase.action.done', { day: sayDay(language, '2026-11-24') }),
      ])
        expect(draft.text).toContain(told);
      expect(draft.text).not.toMatch(/[{}]|reasons\.|code\.|mycase\.|undefined|null/);
      expect(draft.text).not.toContain(say(language, 'reasons.why'));
      expect(draft.inEnglish.map(({ about }) => about)).toEqual(['complaint', 'findings', 'done', 'remedy']);
      expect(draft.inEnglish[1]!.text).toContain('Confirmed');
    },
  );

  it('says in every language by itself what was decided, that no right is given up, and until when a review can be asked for', async () => {
    const walk = await begin();
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    await walk.toMonitoring();
    await walk.close();
    for (const language of LANGUAGES) {
      const text = (await lettersOf(walk, language)).at(-1)!.paragraphs.join('\n');
      expect(text).toContain(say(language, 'start.rights'));
      expect(text).toContain(
        `${say(language, 'letter.quoted.outcome')}\n${say(language, 'outcome.CR-REM-V')}`,
      );
      expect(text).toContain(
        `${say(language, 'letter.quoted.reviewUntil')}\n${sayDay(language, '2027-01-23')}`,
      );
    }
  });

  it('is sent as drafted or as edited, and the history tells which', async () => {
    const walk = await begin('fr');
    await found(walk);
    const { text, version } = (await draftOf(walk, 'share-findings', 'INV'))!;
    await walk.by('INV', 'share-findings', { ...SHARED, reasons: text.replaceAll('\n', '\r\n') });
    expect((await lastEntry(walk)).facts).toMatchObject({ lettersDraft: version, draftEdited: false });
    expect((await lettersOf(walk)).at(-1)!.paragraphs.join('\n')).toContain('The log shows it.');

    const edited = `${(await draftOf(walk, 'close-without-remedy'))!.text}\nIl n’y a pas d’argent.`;
    await walk.by('DEC', 'close-without-remedy', {
      reasons: edited,
      systemicEffects: ['SE-NONE'],
      lessons: 'Ask first.',
    });
    expect(await lastEntry(walk)).toMatchObject({
      act: 'propose-close-without-remedy',
      facts: { draftEdited: true },
    });
    await walk.joinTeam('EXE');
    const waiting = (await house.get(ReadCase).openSteps(walk.reference, staff.EXE)).find(
      ({ proposal }) => proposal !== null,
    );
    expect(waiting!.proposal!.answers.reasons).toBe(edited);
    await walk.by('EXE', 'close-without-remedy', {}, true);
    expect((await lastEntry(walk)).facts).not.toHaveProperty('draftEdited');
    const { paragraphs } = (await lettersOf(walk)).at(-1)!;
    expect(paragraphs).toContain(`${say('fr', 'letter.quoted.reasons')}\n${edited}`);
    expect(paragraphs.join()).toContain(say('fr', 'outcome.CR-NOREMEDY'));
    const { said } = await house.get(ReadCase).forStaff(walk.reference, staff.TRI);
    expect(said.at(-1)!.answers.reasons).toBe(edited);
    expect(
      JSON.stringify(
        (await house.get(ReadCase).history(walk.reference, staff.TRI)).map(({ facts }) => facts),
      ),
    ).not.toContain('argent');
  });

  it('is refused where it still ends where the why belongs', async () => {
    const walk = await begin('de');
    await walk.toEligibility();
    await walk.rate();
    const draft = (await draftOf(walk, 'refer', 'TRI'))!;
    expect(draft.text.trim()).toMatch(/Warum wir so entscheiden$/);
    const answers = {
      body: 'The ombudsman',
      referralMode: 'SIGNPOST_ONLY',
      followUpOn: '2026-12-24',
    };
    const error = await walk
      .by('TRI', 'refer', { ...answers, reasons: draft.text })
      .catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(Refusal);
    expect(error).toMatchObject({ needs: [{ name: 'reasonsSaid', field: 'reasons' }] });
    await walk.by('TRI', 'refer', { ...answers, reasons: `${draft.text}Dort ist man zuständig.` });
    await walk.by('DEC', 'refer', {}, true);
    expect((await lettersOf(walk)).at(-1)!.paragraphs.join('\n')).toContain('Dort ist man zuständig.');
  });

  it('tells no finding that was not shared with the person', async () => {
    const walk = await begin();
    await found(walk);
    const { text, inEnglish } = (await draftOf(walk, 'close-resolved-elsewhere'))!;
    expect(text).not.toContain('The log shows it.');
    expect(text).not.toContain('without a human looking');
    expect(inEnglish.map(({ about }) => about)).toEqual(['complaint', 'done']);
  });

  it('names the grounds of a refusal and the outcome of a review in words', async () => {
    const walk = await begin('es');
    await found(walk, 'FC-UNSUB');
    await walk.by('INV', 'share-findings', SHARED);
    await walk.by('RH', 'comment-on-findings', { comment: 'No.' });
    await walk.by('INV', 'answer-comment', { reply: 'We looked again.' });
    await walk.by('DEC', 'close-unsubstantiated', {
      residualConsidered: true,
      systemicEffects: ['SE-NONE'],
      reasons: (await draftOf(walk, 'close-unsubstantiated'))!.text,
    });
    await walk.by('RH', 'appeal', { grounds: 'You did not look.' });
    await walk.assign('IRV', 'IRV');
    const draft = (await draftOf(walk, 'reject-appeal', 'IRV'))!;
    expect(draft.inEnglish.map(({ about }) => about)).toEqual(['complaint', 'findings', 'done', 'review']);
    await walk.by('IRV', 'reject-appeal', {
      reasons: `${draft.text}Nada nuevo.`,
      signposting: 'The court.',
    });
    const text = (await lettersOf(walk)).at(-1)!.paragraphs.join('\n');
    expect(text).toContain(say('es', 'outcome.AP-REJECTED'));
    expect(text).toContain(say('es', 'start.rights'));
    expect(text).toContain(say('es', 'letter.quoted.reviewUntil'));
  });

  it('stays a letter however much was written, and whatever is in it', async () => {
    const walk = await begin('ar');
    const hostile = `</textarea><script>alert(1)</script>{n} ${'ش'.repeat(19_000)}`;
    await walk.toInvestigation();
    for (let n = 2; n <= 25; n += 1)
      await walk.by('TRI', 'add-allegation', { allegationText: `${n} ${hostile}`.slice(0, 20_000) });
    for (let n = 1; n <= 25; n += 1)
      await walk.by('INV', 'record-finding', {
        allegationNumber: n,
        finding: 'FC-INCON',
        standardOfProof: 'SP-BALANCE',
        evidenceWithheld: true,
        missingRecords: hostile,
        reasons: hostile,
      });
    await walk.by('INV', 'determine-involvement', {
      involvement: 'CAUSE',
      involvementBasis: 'We set the threshold.',
      rootCauses: ['RC-THRESH'],
    });
    const { text } = (await draftOf(walk, 'share-findings', 'INV'))!;
    expect(text.length).toBeLessThanOrEqual(20_000);
    expect(text).toContain('<script>alert(1)</script>{n}');
    await walk.by('INV', 'share-findings', { ...SHARED, reasons: text });
    expect((await lettersOf(walk)).at(-1)!.paragraphs.join()).toContain('<script>alert(1)</script>{n}');
  });

  it('is drafted for nobody but those who may take the step', async () => {
    const walk = await begin();
    await walk.toInvestigation();
    await expect(draftOf(walk, 'decline', 'TRI')).rejects.toMatchObject({ kind: 'conflict' });
    await expect(draftOf(walk, 'share-findings', 'DEC')).rejects.toMatchObject({ kind: 'conflict' });
    const unseen = house.get(ReasonsLetters).draft(walk.reference, 'share-findings', staff.IRV);
    await expect(unseen).rejects.toMatchObject({ kind: 'not-found' });
    await expect(draftOf(walk, 'no-such-step', 'INV')).rejects.toMatchObject({ kind: 'not-found' });
    expect(await draftOf(walk, 'record-finding', 'INV')).toBeNull();
  });
});
