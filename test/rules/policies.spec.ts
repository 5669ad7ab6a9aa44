import {
  amendmentFaults,
  amendmentText,
  faultsOfAll,
  FURTHER_NEEDS,
  lengthsOf,
  possibleAmendments,
  tableFaults,
  whyNotAmended,
} from '../../src/rules/policy-amendments';
import { leftToNobody } from '../../src/rules/left-to-nobody';
import { looserClock, looserStep } from '../../src/rules/looser';
import { ASKS } from '../../src/rules/asks';
import { CLOCK_CODES, CLOCKS, type ClockCode, type ClockRule } from '../../src/rules/clocks';
import { dueDates } from '../../src/rules/due-dates';
import { NEEDS } from '../../src/rules/needs';
import type { CaseFacts } from '../../src/rules/needs/facts';
import {
  amendsTheCode,
  AMENDMENT_KINDS,
  BUILT_IN,
  FURTHER_ASKS,
  isHers,
  isOfTheCode,
  Policy,
  type PolicyAmendment,
  type AmendmentKind,
  VERSIONS_OF_THE_CODE,
  widestRow,
} from '../../src/rules/policy';
import { processChanges } from '../../src/rules/process-text';
import { ROLE_CODES, type RoleCode } from '../../src/rules/roles';
import { TIERS } from '../../src/rules/severity';
import type { State } from '../../src/rules/states';
import { isTold, toldAsks } from '../../src/rules/told';
import { STEPS, type StepRow } from '../../src/rules/steps';
import { agreementsOf, needsAgreement, needsOf, unmetNeeds } from '../../src/rules/workflow';

const ROWS: readonly StepRow[] = STEPS;
const STEP_NAMES = ROWS.map(({ step }) => step);

const amend = (
  kind: AmendmentKind,
  of: string,
  code: string | null,
  length: number | null = null,
): PolicyAmendment => ({
  kind,
  of,
  code,
  length,
});
const policyOf = (...amendments: PolicyAmendment[]) => new Policy('2026-11.2', amendments);
const sentences = (amendment: PolicyAmendment, before = BUILT_IN) =>
  amendmentFaults(amendment, before).map(({ sentence }) => sentence);

/** Every amendment that anybody could think of for a step, sensible or not. */
const thinkable = (step: string): PolicyAmendment[] => [
  ...ROLE_CODES.flatMap((role) => [amend('FEWER_ROLES', step, role), amend('SECOND_PERSON', step, role)]),
  ...Object.keys(NEEDS).map((need) => amend('FURTHER_NEED', step, need)),
  ...Object.keys(ASKS).map((ask) => amend('FURTHER_ASK', step, ask)),
  amend('SHORTER_TARGET', step, null, 1),
];

/** Whether the amended row refuses what the amendment says that it refuses. */
function isEnforced({ kind, code }: PolicyAmendment, row: StepRow): boolean {
  switch (kind) {
    case 'FEWER_ROLES': {
      const facts = { state: row.from[0] as State, actor: { role: code as RoleCode } } as CaseFacts;
      return unmetNeeds(row, facts, {})[0]?.name === 'role';
    }
    case 'SECOND_PERSON':
      return needsAgreement(row, { tier: null } as CaseFacts) === code;
    case 'FURTHER_NEED':
      return (needsOf(row) as readonly string[]).includes(code!);
    case 'FURTHER_ASK':
      return (row.asks as readonly string[]).includes(code!) && !row.mayAsk?.includes(code as never);
    case 'SHORTER_TARGET':
      return false;
  }
}

/** Nothing in the second table lets anybody do more, asks less or gives more time than the first. */
function expectStricter(policy: Policy): void {
  for (const own of ROWS) {
    const row = policy.row(own.step);
    const { by, agreedBy, needs, asks, mayAsk, ...rest } = row;
    expect(own.by).toEqual(expect.arrayContaining([...by]));
    if (own.agreedBy) expect(agreedBy).toEqual(own.agreedBy);
    expect(needs).toEqual(expect.arrayContaining([...own.needs]));
    expect(asks).toEqual(expect.arrayContaining([...own.asks]));
    expect([...asks, ...(mayAsk ?? [])]).toEqual(expect.arrayContaining([...(own.mayAsk ?? [])]));
    // Where it can be taken, where it leads, whom it tells and which clocks it moves no policy changes: these may be read from the table in code.
    const { by: _by, agreedBy: _agreedBy, needs: _needs, asks: _asks, mayAsk: _mayAsk, ...same } = own;
    expect(rest).toEqual(same);
    if (isHers(own)) expect(row).toEqual(own);
  }
  for (const code of CLOCK_CODES) {
    const [own, now]: ClockRule[] = [CLOCKS[code], policy.clocks[code]];
    expect({ ...now!, period: null, byTier: null }).toEqual({ ...own!, period: null, byTier: null });
    if (own!.basis === 'legal' || own!.owedBy === 'rightsholder') expect(now).toEqual(own);
    const before = lengthsOf(own!);
    for (const { tier, length, unit } of lengthsOf(now!)) {
      const was = before.find((each) => each.tier === tier)!;
      expect([unit, length <= was.length, length >= 1]).toEqual([was.unit, true, true]);
    }
    expect(lengthsOf(now!)).toHaveLength(before.length);
  }
}

describe('the table in code as a version of the process', () => {
  it('is itself, and sound', () => {
    expect(BUILT_IN.rows).toEqual(STEPS);
    expect(BUILT_IN.clocks).toEqual(CLOCKS);
    expect(tableFaults(BUILT_IN)).toEqual([]);
  });
});

describe('amendments of a step', () => {
  it.each(STEP_NAMES)('of “%s” are each refused with a sentence, or enforced in a sound table', (step) => {
    for (const amendment of thinkable(step)) {
      const faults = sentences(amendment);
      if (faults.length > 0) {
        for (const sentence of faults) expect(sentence).toMatch(/^\S.{15,}\.$/);
        continue;
      }
      const policy = policyOf(amendment);
      expect([amendment, tableFaults(policy)]).toEqual([amendment, []]);
      expect([amendment, isEnforced(amendment, policy.row(step))]).toEqual([amendment, true]);
      const others = policy.rows.filter((row, at) => row !== BUILT_IN.rows[at]);
      expect(others.map((row) => row.step)).toEqual([step]);
      expect(amendmentText(amendment)).toContain(`“${step}”`);
    }
  });

  it('of hers, of what protects at once, and of who says that something is late are refused', () => {
    const free = STEP_NAMES.filter((step) => whyNotAmended(step) === null);
    expect(ROWS.filter(isHers).filter(({ step }) => free.includes(step))).toEqual([]);
    for (const step of [
      'order-interim-measure',
      'respond-to-retaliation',
      'exclude',
      'recuse',
      'answer-late',
    ])
      expect(free).not.toContain(step);
    expect(sentences(amend('SECOND_PERSON', 'withdraw', 'DEC'))).toEqual([
      '“withdraw” stays as it is: it is a step of the person, and nothing makes it harder.',
    ]);
    for (const step of free)
      expect(AMENDMENT_KINDS.flatMap((kind) => possibleAmendments(kind, step, BUILT_IN))).not.toEqual([]);
  });

  it('leave everybody who is told by nobody what to decide alone, or among themselves', () => {
    expect(possibleAmendments('SECOND_PERSON', 'sight-decline', BUILT_IN).map(({ code }) => code)).toEqual([
      'IRV',
    ]);
    expect(possibleAmendments('SECOND_PERSON', 'give-opinion', BUILT_IN).map(({ code }) => code)).toEqual([
      'IRV',
    ]);
    expect(possibleAmendments('SECOND_PERSON', 'refuse-erasure', BUILT_IN)).toEqual([]);
    // Whoever agreed took part, and could not review the case any more.
    expect(sentences(amend('SECOND_PERSON', 'accept', 'IRV'))).toEqual([
      'To “accept” can agree: Decision-maker, Protection officer, Executive.',
    ]);
    expect(sentences(amend('SECOND_PERSON', 'decline', 'IRV'))).toEqual([
      'A second person agrees to “decline” already, as the table says.',
    ]);
  });

  it('leave at least one role of the house', () => {
    expect(sentences(amend('FEWER_ROLES', 'accept', 'TRI'))).toHaveLength(1);
    const [first, ...others] = BUILT_IN.row('add-translation').by.filter((role) => role !== 'EXP');
    const withoutMost = others.map((role) => amend('FEWER_ROLES', 'add-translation', role));
    expect(faultsOfAll(withoutMost)).toEqual([]);
    expect(sentences(amend('FEWER_ROLES', 'add-translation', first!), policyOf(...withoutMost))).toHaveLength(
      1,
    );
  });

  it('never make a need wait for itself, for what cannot be done there, or for a step that waits in turn', () => {
    expect(sentences(amend('FURTHER_NEED', 'classify', 'classified'))).toEqual([
      '“classify” is itself how this is met.',
    ]);
    expect(sentences(amend('FURTHER_NEED', 'begin-eligibility', 'classified'))[0]).toBe(
      '“begin-eligibility” could never be taken in “acknowledged”: nothing meets classified there.',
    );
    const one = amend('FURTHER_NEED', 'approve-disclosure-plan', 'allegationStated');
    const other = amend('FURTHER_NEED', 'add-allegation', 'disclosurePlanApproved');
    expect(sentences(one)).toEqual([]);
    // In own-initiative nobody approves such a plan.
    expect(sentences(other).join()).toContain('“own-initiative”');
    expect(sentences(other, policyOf(one)).join()).toContain('“triage”');
    expect(sentences(amend('FURTHER_NEED', 'add-allegation', 'findingForEachAllegation'))).not.toEqual([]);
    expect(sentences(amend('FURTHER_NEED', 'complete-action', 'actorOwnsNoAction'))).not.toEqual([]);
    expect(sentences(amend('FURTHER_NEED', 'record-finding', 'deciderIsNotInvestigator'))).not.toEqual([]);
  });

  it('ask nothing that the case would take for its present truth, or read to the person', () => {
    for (const ask of FURTHER_ASKS) expect(['text', 'confirm']).toContain(ASKS[ask].kind);
    expect(sentences(amend('FURTHER_ASK', 'accept', 'reprisalLevel'))).toHaveLength(1);
    expect(sentences(amend('FURTHER_ASK', 'assign', 'note')).join()).toContain('many cases at once');
  });
});

describe('amendments of a target', () => {
  const codes: readonly ClockCode[] = CLOCK_CODES;

  it.each(codes)('make %s shorter or are refused, whatever is said', (code) => {
    for (const tier of [null, ...TIERS])
      for (const length of [-1, 0, 0.5, 1, 2, 3, 4, 5, 9, 14, 19, 23, 29, 44, 59, 60, 61, 10_000]) {
        const amendment = amend('SHORTER_TARGET', code, tier, length);
        if (sentences(amendment).length > 0) continue;
        const policy = policyOf(amendment);
        expectStricter(policy);
        const start = { startDay: '2026-11-24', tier, calendar: 'DE' };
        const [now, before] = [policy.clocks, CLOCKS].map(
          (clocks) => dueDates(clocks, code, start).dueInternal,
        );
        expect(now! <= before!).toBe(true);
        expect(processChanges(BUILT_IN, policy).map(({ of }) => of)).toEqual([code]);
      }
  });

  it('never touch the law, the time that a person has, or how long somebody looks', () => {
    const stay = codes.filter((code) => whyNotAmended(code) !== null);
    expect(stay).toEqual(
      expect.arrayContaining([
        'GDPR-RTS',
        'WBD-ACK',
        'APPEAL-WINDOW',
        'TARGET-OFFER-REPLY',
        'TARGET-MONITORING',
      ]),
    );
    expect(codes.filter((code) => CLOCKS[code].basis === 'legal').every((code) => stay.includes(code))).toBe(
      true,
    );
    expect(
      codes.filter((code) => CLOCKS[code].owedBy === 'rightsholder').every((code) => stay.includes(code)),
    ).toBe(true);
  });

  it('keep no tier waiting longer than every other case', () => {
    const { byTier, period } = policyOf(amend('SHORTER_TARGET', 'TARGET-INVESTIGATION', null, 30)).clocks[
      'TARGET-INVESTIGATION'
    ];
    expect([period?.length, byTier.SEVERE?.length, byTier.CRITICAL?.length]).toEqual([30, 30, 20]);
    const interim = policyOf(amend('SHORTER_TARGET', 'TARGET-INTERIM', 'SEVERE', 2)).clocks['TARGET-INTERIM'];
    expect([interim.period, interim.byTier.SEVERE?.length, interim.byTier.CRITICAL?.length]).toEqual([
      null,
      2,
      24,
    ]);
  });

  it('are in whole numbers below what it is now, and never twice the same', () => {
    const of = (length: number | null) => sentences(amend('SHORTER_TARGET', 'TARGET-ACK', null, length));
    expect(of(1)).toEqual([]);
    for (const length of [null, 0, -1, 1.5, 2, 3])
      expect(of(length)).toEqual(['Give a whole number from 1 to 1: a target can only be made shorter.']);
    const one = amend('SHORTER_TARGET', 'TARGET-ACK', null, 1);
    expect(sentences(one, policyOf(one))).toEqual(['TARGET-ACK cannot be shorter than it is.']);
    expect(sentences(amend('SHORTER_TARGET', 'TARGET-ACK', 'LOW', 1))).toHaveLength(1);
  });
});

describe('a version of the process', () => {
  it('with everything that can be made stricter at once is sound, and nowhere looser', () => {
    const every: PolicyAmendment[] = [];
    for (const of of [...STEP_NAMES, ...CLOCK_CODES])
      for (const kind of AMENDMENT_KINDS) {
        // The last that is possible leaves the most behind it.
        const last = possibleAmendments(kind, of, policyOf(...every)).at(-1);
        if (last) every.push(last);
      }
    const policy = policyOf(...every);
    expect(every.length).toBeGreaterThan(150);
    expect(faultsOfAll(every)).toEqual([]);
    expect(tableFaults(policy)).toEqual([]);
    expectStricter(policy);
  });

  it('is made nowhere looser by what fits nothing, or says what nobody may say', () => {
    const strange = [
      amend('FEWER_ROLES', 'no-such-step', 'TRI'),
      amend('FURTHER_NEED', 'accept', 'constructor'),
      amend('FURTHER_ASK', 'accept', 'toString'),
      amend('SECOND_PERSON', 'decline', 'INT'),
      amend('SECOND_PERSON', 'accept', null),
      amend('SECOND_PERSON', 'accept', 'valueOf'),
      amend('SHORTER_TARGET', 'TARGET-ACK', null, 0),
      amend('SHORTER_TARGET', 'TARGET-ACK', null, 0.5),
      amend('SHORTER_TARGET', 'TARGET-ACK', null, null),
      amend('SECOND_PERSON', 'withdraw', 'DEC'),
      amend('FURTHER_NEED', 'appeal', 'classified'),
      amend('FEWER_ROLES', 'appeal', 'RH'),
      amend('SHORTER_TARGET', 'GDPR-RTS', null, 1),
      amend('SHORTER_TARGET', 'APPEAL-WINDOW', null, 1),
      amend('FURTHER_ASK', 'accept', 'reprisalLevel'),
      amend('LOOSER' as never, 'accept', 'TRI'),
      amend('SHORTER_TARGET', 'TARGET-ACK', null, 30),
      amend('SHORTER_TARGET', 'no-such-clock', null, 1),
    ];
    const policy = policyOf(...strange);
    expect([policy.rows, policy.clocks]).toEqual([STEPS, CLOCKS]);
    for (const each of strange) expect([each, sentences(each).length]).not.toEqual([each, 0]);
  });

  it('is drafted from a list that names which of it is wrong', () => {
    const right = amend('SECOND_PERSON', 'accept', 'DEC');
    expect(
      faultsOfAll([right, amend('FEWER_ROLES', 'accept', 'INV'), right]).map(({ n, field }) => [n, field]),
    ).toEqual([
      [2, 'code'],
      [3, 'code'],
    ]);
    const late = amend('FURTHER_NEED', 'acknowledge', 'classified');
    expect(faultsOfAll([right, late, amend('FURTHER_ASK', 'accept', 'note')]).map(({ n }) => n)).toContain(2);
  });

  it('is not sound where nobody could take a step, or nothing meets what it needs, and names the step', () => {
    expect(tableFaults(policyOf(amend('FEWER_ROLES', 'accept', 'TRI')))).toEqual([
      '“accept” can be taken by nobody.',
    ]);
    expect(tableFaults(policyOf(amend('FURTHER_NEED', 'acknowledge', 'classified'))).join()).toContain(
      '“acknowledge”',
    );
    expect(tableFaults(policyOf(amend('SECOND_PERSON', 'accept', 'ADM')))).toEqual([
      '“accept” is agreed by an unknown role.',
    ]);
    expect(
      tableFaults(policyOf(amend('FURTHER_NEED', 'record-finding', 'deciderIsNotInvestigator'))),
    ).toHaveLength(1);
  });

  it('asks of a form that is read before its case is known whatever any version may ask, and of hers nothing more', () => {
    for (const row of ROWS) {
      const { asks, mayAsk = [] } = widestRow(row.step);
      const all = [...asks, ...mayAsk];
      expect(all).toEqual(
        expect.arrayContaining([...row.asks, ...(row.mayAsk ?? []), ...(isHers(row) ? [] : FURTHER_ASKS)]),
      );
      if (isHers(row)) expect(widestRow(row.step)).toEqual(row);
    }
  });

  it('holds no need that may be added and is met by nobody', () => {
    const added = STEP_NAMES.flatMap((step) =>
      possibleAmendments('FURTHER_NEED', step, BUILT_IN).map(({ code }) => code),
    );
    for (const need of FURTHER_NEEDS) expect(added).toContain(need);
    expect(agreementsOf(policyOf(amend('SECOND_PERSON', 'accept', 'PRT')).row('accept'))).toEqual([
      { role: 'PRT', when: 'always' },
    ]);
  });
});

describe('what a version asks besides', () => {
  const staffRows = ROWS.filter((row) => !isHers(row));

  it('is told to the person in no letter: what each quotes, the table in code asks there', () => {
    for (const { step } of staffRows) {
      const row = policyOf(...FURTHER_ASKS.map((ask) => amend('FURTHER_ASK', step, ask))).row(step);
      const own = BUILT_IN.row(step);
      for (const ask of toldAsks(row))
        expect([step, ask, [...own.asks, ...(own.mayAsk ?? [])].includes(ask)]).toEqual([step, ask, true]);
      expect([step, toldAsks(row)]).toEqual([step, toldAsks(own)]);
    }
    expect(toldAsks({ step: 'plan-action', tells: 'closed' })).toEqual([]);
  });

  it('says so in the amendment where the letter quotes what could be left out before', () => {
    const told = staffRows.flatMap(({ step }) =>
      FURTHER_ASKS.filter((ask) => isTold(step, ask)).map((ask) => amend('FURTHER_ASK', step, ask)),
    );
    const possible = told.filter((amendment) => sentences(amendment).length === 0);
    expect(possible.map(amendmentText)).toEqual([
      `“share-findings” asks besides: ${ASKS.reasons.label}. The person reads it.`,
    ]);
    expect(amendmentText(amend('FURTHER_ASK', 'accept', 'reasons'))).not.toContain('The person reads');
  });
});

describe('a version that is looser than the one before', () => {
  it('says so wherever an amendment of a step is taken out, and never where one is added', () => {
    let amended = 0;
    for (const own of ROWS)
      for (const amendment of thinkable(own.step)) {
        const row = policyOf(amendment).row(own.step);
        if (JSON.stringify(row) === JSON.stringify(own)) continue;
        amended += 1;
        expect([amendment, looserStep(own, row)]).toEqual([amendment, []]);
        expect([amendment, looserStep(row, own).length]).toEqual([amendment, 1]);
      }
    expect(amended).toBeGreaterThan(1000);
  });

  it('says so wherever a target runs longer, and never where it is shorter', () => {
    for (const code of CLOCK_CODES.filter((each) => whyNotAmended(each) === null))
      for (const amendment of possibleAmendments('SHORTER_TARGET', code, BUILT_IN)) {
        const rule = policyOf(amendment).clocks[code];
        expect([amendment, looserClock(CLOCKS[code], rule)]).toEqual([amendment, []]);
        expect([amendment, looserClock(rule, CLOCKS[code]).length > 0]).toEqual([amendment, true]);
      }
  });

  it('says in what', () => {
    const before = policyOf(
      amend('SECOND_PERSON', 'accept', 'DEC'),
      amend('FURTHER_NEED', 'accept', 'severitySet'),
      amend('FURTHER_ASK', 'accept', 'note'),
      amend('FEWER_ROLES', 'add-allegation', 'TRI'),
      amend('SHORTER_TARGET', 'TARGET-ACK', null, 1),
    );
    const looser = Object.fromEntries(processChanges(before, BUILT_IN).map((each) => [each.of, each.looser]));
    expect(looser).toEqual({
      accept: [
        'Fewer people have to agree: no longer Decision-maker.',
        `No longer needed: ${NEEDS.severitySet.sentence}`,
        `No longer asked: ${ASKS.note.label}.`,
      ],
      'add-allegation': ['More roles take it: Triage lead.'],
      'TARGET-ACK': ['Runs longer: 2 working days instead of 1 working day.'],
    });
  });
});

describe('a version that leaves a step to nobody', () => {
  const said = (accounts: RoleCode[][], ...amendments: PolicyAmendment[]) =>
    leftToNobody(policyOf(...amendments), accounts).map(({ sentence }) => sentence);
  const second = amend('SECOND_PERSON', 'accept', 'DEC');
  const fewer = amend('FEWER_ROLES', 'add-allegation', 'TRI');

  it('names it where no account has a role that is left', () => {
    expect(said([['TRI'], ['DEC']], second)).toEqual([]);
    expect(said([['TRI']], second)).toEqual([
      'Nobody could agree to “accept”: no active account is Decision-maker.',
    ]);
    expect(said([['TRI', 'DEC']], second)).toEqual([
      '“accept” takes two people: one account alone is Triage lead and Decision-maker.',
    ]);
    expect(said([['INV']], fewer)).toEqual([]);
    expect(said([['TRI']], fewer)).toEqual([
      '“add-allegation” would be left to nobody: no active account is Investigator.',
    ]);
  });

  it('says nothing of what it does not amend', () => {
    expect(said([])).toEqual([]);
    expect(said([], amend('FURTHER_ASK', 'accept', 'note'))).toEqual([]);
  });
});

describe('the names of versions', () => {
  it('are those that the table in code has had, and numbers behind these', () => {
    expect([...VERSIONS_OF_THE_CODE].sort()).toEqual([...VERSIONS_OF_THE_CODE]);
    for (const each of VERSIONS_OF_THE_CODE)
      expect([isOfTheCode(each), amendsTheCode(`${each}.2`)]).toEqual([true, true]);
    for (const each of ['2026-12', '1999-01', '', '2026-11.2', 'x2026-11'])
      expect([each, isOfTheCode(each)]).toEqual([each, false]);
    for (const each of ['2026-12.2', '2026-11.0', '2026-11.x', '2026-11.2.3'])
      expect([each, amendsTheCode(each)]).toEqual([each, false]);
  });
});
