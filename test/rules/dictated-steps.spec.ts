import { type AskName } from '../../src/rules/asks';
import { NEEDS, type NeedName } from '../../src/rules/needs';
import type { CaseFacts, StepAnswers } from '../../src/rules/needs/facts';
import type { Need } from '../../src/rules/needs/need';
import { ROLE_CODES } from '../../src/rules/roles';
import { STATES, type State } from '../../src/rules/states';
import { type StepRow } from '../../src/rules/steps';
import { DICTATION_ASKS, waitsOnlyDictated } from '../../src/rules/dictated-row';
import { agreementsOf, needsAgreement, needsOf, readinessOf, unmetNeeds } from '../../src/rules/workflow';
import { CASES, ready, names } from './need-cases';
import {
  ME,
  type Draft,
  ROWS,
  blank,
  action,
  clock,
  set,
  appeal,
  take,
  INTAKE,
  dictation,
  DICTATED,
} from './step-drafts';

/** Needs for something that a step acts on. */
const OBJECTS = (Object.keys(NEEDS) as NeedName[]).filter((each) => NEEDS[each].object !== null);
/** With nothing said but what may be left out. */
const readiness = (row: StepRow, { facts, answers }: Draft) => {
  const left = Object.entries(answers).filter(([ask]) => !row.asks.includes(ask as AskName));
  const unmet = unmetNeeds(row, facts, Object.fromEntries(left) as StepAnswers);
  return readinessOf(unmet.filter((each) => each.name !== 'answer'));
};

describe.each(OBJECTS)('%s, which needs something that is there', (need) => {
  const rows = ROWS.filter(({ needs }) => needs.includes(need));
  const { object, ...named }: Need = NEEDS[need];
  const bare = (row: StepRow) => {
    const draft = blank(row);
    Object.assign(draft.facts, { hasContact: false, hasName: false });
    return draft;
  };

  it('says what is to be named, and what there is none of', () => {
    for (const sentence of [named.sentence, object!.sentence]) expect(sentence).toMatch(/ \w+\S*\.$/);
  });

  it.each(rows.map((row) => [row.step, row] as const))(
    'puts %s apart where there is nothing, whatever is answered, and nowhere else',
    (_step, row) => {
      const draft = bare(row);
      expect(object!.isThere(draft.facts)).toBe(false);
      expect(readiness(row, draft)).toBe('NOTHING_THERE');
      const said = unmetNeeds(row, draft.facts, draft.answers as StepAnswers);
      expect(said).toContainEqual({ name: need, sentence: object!.sentence });
      expect(object!.sentence).toMatch(/^[A-Z“].{10,}[.]$/);
      for (const n of [0, 1, 2, 9])
        expect(named.met(draft.facts, { ...draft.answers, [object!.answer ?? '']: n } as StepAnswers)).toBe(
          false,
        );
      expect(object!.isThere(ready(row).facts)).toBe(true);
    },
  );
});

describe.each(ROWS.map((row) => [row.step, row] as const))(
  '%s, before anything is answered',
  (_name, row) => {
    it('is ready where everything is there, and waits where something else has to be done before', () => {
      expect(readiness(row, ready(row))).toBe('READY');
      for (const each of row.needs.filter((other) => !OBJECTS.includes(other))) {
        const draft = ready(row);
        CASES[each].unmet(draft);
        const unmet = unmetNeeds(row, draft.facts, {}).some(({ name }) => name === each);
        if (unmet && row.needs.every((other) => NEEDS[other].object?.isThere(draft.facts) !== false))
          expect([each, readiness(row, draft)]).toEqual([each, 'MISSING']);
      }
    });

    // A system that is to be named is one of the register, not of the case.
    it('asks for the number of something only where there is one', () => {
      const numbers = row.asks.filter((ask) => ask.endsWith('Number') && row.step !== 'name-system');
      const named = row.needs.map((each) => NEEDS[each].object?.answer);
      expect(numbers.filter((ask) => !named.includes(ask))).toEqual([]);
    });
  },
);

/** Hers, as somebody of intake writes them down. */
function dictated(row: StepRow): Draft {
  const draft = ready(row);
  draft.facts.actor = { ...INTAKE };
  return draft;
}

describe.each(DICTATED.map((row) => [row.step, row] as const))(
  '%s, written down for the person',
  (_name, row) => {
    it('may be taken when everything it needs is there', () => {
      expect(names(dictated(row), row)).toEqual([]);
    });

    it.each(DICTATION_ASKS)('is refused while %s is not said', (ask) => {
      const draft = dictated(row);
      delete draft.answers[ask];
      expect(names(draft, row)).toContain(ask);
    });

    // What holds staff alone back does not hold her back.
    it.each(row.needs.filter((name) => name !== 'staffDoNotUndoMergers'))(
      'is refused while %s is unmet',
      (name) => {
        const draft = dictated(row);
        CASES[name].unmet(draft);
        const { writtenBy } = INTAKE;
        if (draft.facts.actor.personId !== null || !draft.facts.actor.writtenBy)
          draft.facts.actor = { ...draft.facts.actor, personId: null, writtenBy };
        if (!row.by.includes(draft.facts.actor.role)) draft.facts.actor.role = 'RH';
        expect(names(draft, row)).toContain(name);
      },
    );

    it('is refused to every role but those that hold the pen', () => {
      for (const role of ROLE_CODES.filter((each) => !row.dictatedTo!.includes(each))) {
        const draft = dictated(row);
        draft.facts.actor.writtenBy = { role, personId: ME };
        expect(names(draft, row)).toEqual(['role']);
      }
    });

    it.each([
      ['investigates', set({ places: [{ role: 'INV', personId: ME }] })],
      ['is asked to decide', set({ assigned: [{ role: 'DEC', personId: ME }] })],
      ['mediated', take({ step: 'record-meeting', personId: ME, role: 'DIA' })],
      ['took the complaint in as triage lead', take({ step: 'accept', personId: ME, role: 'TRI' })],
      ['owns an action', set({ actions: [action({ status: 'AGREED', ownerId: ME })] })],
      ['reviews', appeal({ reviewerId: ME })],
    ])('is refused to whoever %s', (_what, change) => {
      const draft = dictated(row);
      change(draft);
      expect(names(draft, row)).toContain('penHolderIsApart');
    });

    it('is open to whoever only received what she said, or keeps her safe', () => {
      const draft = dictated(row);
      take(
        { step: 'acknowledge', personId: ME, role: 'INT' },
        { step: 'plan-protection', personId: ME, role: 'PRT' },
      )(draft);
      draft.facts.places = [{ role: 'INT', personId: ME }];
      expect(names(draft, row)).toEqual([]);
    });
  },
);

describe('what is written down for the person', () => {
  it('needs a second person wherever it gives something up, or settles what she thinks of an offer, a transcript or somebody who leads', () => {
    const gives = DICTATED.filter(
      ({ step, needs }) =>
        ['refuse-offer', 'counter-offer', 'approve-transcript', 'accept-facilitator', 'appeal'].includes(
          step,
        ) || needs.some((name) => /^mandateFor(Remedy|Ending|Erasure|Verifying)$/.test(name)),
    ).map(({ step }) => step);
    expect(
      DICTATED.filter((row) => agreementsOf(row).some(({ when }) => when === 'dictated')).map(
        ({ step }) => step,
      ),
      // It only says what is missing, so that no time may be lost with it.
    ).toEqual(gives.filter((step) => step !== 'report-not-delivered'));
  });

  it('waits for a second person only where staff wrote it down, so that whatever waits of it is hers', () => {
    for (const { step } of DICTATED.filter((row) => agreementsOf(row).length > 0))
      expect([step, waitsOnlyDictated(step)]).toEqual([step, true]);
    for (const { step } of ROWS.filter(({ dictatedTo }) => !dictatedTo))
      expect([step, waitsOnlyDictated(step)]).toEqual([step, false]);
  });

  it('asks for the second person of staff alone', () => {
    const row = DICTATED.find(({ step }) => step === 'withdraw')!;
    const { facts } = ready(row);
    expect(needsAgreement(row, { ...facts, actor: { role: 'RH', personId: null } })).toBeNull();
    expect(needsAgreement(row, { ...facts, actor: INTAKE })).toBe('PRT');
  });

  it('is every step that is hers alone, but what a code opens, what stops staff who wrote for her, what binds her to a group, what hurries her, and how often she is asked whether she is safe', () => {
    const hers = ROWS.filter(({ by }) => by.some((role) => role === 'RH') && !by.includes('INT'));
    expect(hers.filter(({ dictatedTo }) => !dictatedTo).map(({ step }) => step)).toEqual([
      'plan-check-ins',
      'answer-check-in',
      'deny-dictation',
      'end-mandate',
      'join-group',
      'start-sooner',
    ]);
  });

  it('is kept apart from every decision', () => {
    for (const row of ROWS.filter((each) => needsOf(each).includes('deciderHeldNoPen'))) {
      const draft = ready(row);
      draft.facts.dictations = [...draft.facts.dictations, dictation({ n: 9, penHolders: [ME] })];
      expect(names(draft, row)).toContain('deciderHeldNoPen');
    }
  });

  it('ends no case while she disputes something, nor by the hand that wrote it down', () => {
    const endings = ROWS.filter(
      ({ step, to, by }) =>
        step !== 'lodge' && to in STATES && STATES[to as State].ended && !by.includes('RH'),
    );
    expect(endings.length).toBeGreaterThan(8);
    for (const row of endings)
      expect([row.step, ...needsOf(row)]).toEqual(
        expect.arrayContaining(['deciderHeldNoPen', 'nothingDisputed']),
      );
    for (const holds of [null, false]) {
      const row = ROWS.find(({ step }) => step === 'close')!;
      const draft = ready(row);
      draft.facts.dictations = [dictation({ step: 'confirm-remedy', objected: true, holds })];
      expect(names(draft, row)).toContain('nothingDisputed');
    }
  });

  it('can be taken back by her for as long as she disputes it, however long ago she is said to have accepted', () => {
    const row = ROWS.find(({ step }) => step === 'take-back-acceptance')!;
    const draft = ready(row);
    draft.facts.clocks = [];
    const open = (patch: Partial<CaseFacts['dictations'][number]>) => {
      draft.facts.dictations = [dictation(patch)];
      return names(draft, row);
    };
    expect(open({ objected: true })).toEqual([]);
    expect(open({ objected: true, holds: false })).toEqual([]);
    for (const patch of [{ objected: true, holds: true }, { objected: true, isLast: false }, {}])
      expect(open(patch)).toEqual(['coolingOffRuns']);
  });

  it('counts from the day on which she said it', () => {
    const row = DICTATED.find(({ step }) => step === 'take-back-acceptance')!;
    const draft = dictated(row);
    draft.facts.clocks = [clock('TARGET-COOLING-OFF', 'RUNNING', { dueLegalLatest: '2026-11-20' })];
    expect(names(draft, row)).toContain('coolingOffRuns');
    draft.answers.saidOn = '2026-11-20';
    expect(names(draft, row)).toEqual([]);
  });
});
