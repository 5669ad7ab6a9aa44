import { newId } from '../platform/ids';
import { Clock } from '../records/entities/clock';
import { calendarOf } from '../rules/calendars';
import {
  CLOCK_CODES,
  clockRule,
  FOLLOW_UP_CLOCKS,
  SAFETY_CLOCKS,
  SAFETY_REVIEW_CLOCKS,
  type ClockCode,
  type ClockTable,
} from '../rules/clocks';
import { clocksFromFacts, type Jurisdiction } from '../rules/legal-clocks';
import {
  clockPeriod,
  dueDates,
  extendClock,
  resumeClock,
  type DueDates,
  type ExtendableClock,
} from '../rules/due-dates';
import type { HarmCode } from '../rules/harms';
import type { Tier } from '../rules/severity';
import { STATES, type State } from '../rules/states';
import type { Policy } from '../rules/policy';
import type { StepRow } from '../rules/steps';
import type { Day, Instant } from '../platform/time';
import type { Case } from '../records/entities/case';
import { handOf } from './facts';
import type { CaseContext } from './step-context';

const MET_BY_ACKNOWLEDGEMENT: readonly ClockCode[] = ['WBD-ACK', 'UK-164A'];

interface ClockStart {
  startDay: Day;
  startInstant: Instant | null;
  tier: Tier | null;
  calendar: string;
  acknowledgedDay?: Day | null;
}

const DAYS_KEPT = 1000;
const keptUnder = new WeakMap<ClockTable, Map<string, DueDates>>();

/** What starts on one day under the same rules is due on the same day: counted once, for the many cases of a busy day. */
function dueOf(clocks: ClockTable, code: ClockCode, start: ClockStart): DueDates {
  if (start.startInstant) return dueDates(clocks, code, start);
  const kept = keptUnder.get(clocks) ?? new Map<string, DueDates>();
  keptUnder.set(clocks, kept);
  const { startDay, tier, calendar, acknowledgedDay } = start;
  const key = [code, startDay, tier, calendar, acknowledgedDay].join(' ');
  const known = kept.get(key);
  if (known) return known;
  const due = dueDates(clocks, code, start);
  if (kept.size >= DAYS_KEPT) kept.clear();
  kept.set(key, due);
  return due;
}

/** A row for a clock of this policy that starts; null where the clock does not run in this tier. */
export function clockRow(
  { clocks }: Policy,
  caseId: string,
  code: ClockCode,
  start: ClockStart,
): Clock | null {
  if (!clockPeriod(clocks, code, start.tier)) return null;
  const due = dueOf(clocks, code, start);
  return {
    id: newId(),
    caseId,
    code,
    basis: clocks[code].basis,
    startedOn: start.startDay,
    dueInternal: due.dueInternal,
    dueLegalLatest: due.dueLegalLatest,
    dueAt: due.dueAt,
    calendar: start.calendar,
    calendarVersion: calendarOf(start.calendar).version,
    status: 'RUNNING',
    pausedOn: null,
    stoppedOn: null,
    extendedOn: null,
    extensionReasonSealed: null,
  };
}

const LOOKS_BACK: readonly string[] = [...FOLLOW_UP_CLOCKS, ...SAFETY_REVIEW_CLOCKS];

/** Whether the clock ends because the case enters this state. */
function endsWith(to: State, { basis, code }: Clock): boolean {
  if ((SAFETY_CLOCKS as readonly string[]).includes(code)) return false;
  // A look back belongs to a case that stays closed; a review changes nothing yet.
  if (LOOKS_BACK.includes(code)) return !STATES[to].ended && to !== 'appeal';
  // Each request for support, and each word that something is not what she said, is answered on its own, after the end as well.
  if (code === 'TARGET-SUPPORT' || code === 'TARGET-OBJECTION') return false;
  // Whoever withdraws has been told nothing yet: feedback stays owed until the case is closed.
  return STATES[to].ended && (basis === 'internal' || (code === 'WBD-FB' && to !== 'withdrawn'));
}

/** Of several of a kind the one that began first. */
function earliest(clocks: readonly Clock[]): Clock | undefined {
  return clocks.toSorted((a, b) => (a.startedOn < b.startedOn ? -1 : 1))[0];
}

/** Whether a case that had ended is worked on again; a review alone changes nothing yet. */
function goesOnAgain(from: State, to: State): boolean {
  return (STATES[from].ended || from === 'appeal') && !STATES[to].ended && to !== 'appeal';
}

/** Earliest internal due day of what the organisation owes; null when nothing runs. */
export function nextDue(clocks: readonly Clock[]): Day | null {
  const due = clocks
    .filter(
      ({ status, code }) => status === 'RUNNING' && clockRule(code as ClockCode).owedBy === 'organisation',
    )
    .map(({ dueInternal }) => dueInternal)
    .sort();
  return due[0] ?? null;
}

/** Starts, stops and pauses the clocks of a case as its step says; the calendar is the organisation's. */
export class ClockKeeper {
  constructor(
    private readonly step: CaseContext,
    private readonly calendar: string,
  ) {}

  private get clocks(): Clock[] {
    return this.step.file.clocks;
  }

  private get caseWaits(): boolean {
    const { patch, file } = this.step;
    return (patch.suspendedUntil === undefined ? file.case : patch).suspendedUntil !== null;
  }

  /** What the row says, then what entering an ended state means, or going on after one. */
  async follow(row: StepRow, to: State): Promise<void> {
    const { state, interimDecision } = this.step.file.case;
    await this.stop((clock) => (row.clocks.stop ?? []).includes(clock.code as ClockCode));
    if (to !== state) await this.stop((clock) => endsWith(to, clock));
    for (const code of row.clocks.start ?? []) await this.start(code);
    // The end stopped this one before anybody had decided.
    if (goesOnAgain(state as State, to) && interimDecision === null) await this.start('TARGET-INTERIM');
  }

  /** Starts a clock today, unless one of its kind runs already. */
  async start(
    code: ClockCode,
    startDay: Day = this.step.today,
    acknowledgedDay?: Day,
  ): Promise<Clock | null> {
    if (this.clocks.some((clock) => clock.code === code && clock.status !== 'STOPPED')) return null;
    return this.startAnother(code, startDay, acknowledgedDay);
  }

  /**
   * Starts a clock today, beside others of its kind; null where it does not run in this tier. Hours of one that no staff started count
   * from the beginning of the day: the end of any others would tell when a rightsholder did what started it. Time of hers that begins
   * while the case is paused waits from the start.
   */
  async startAnother(
    code: ClockCode,
    startDay: Day = this.step.today,
    acknowledgedDay?: Day,
  ): Promise<Clock | null> {
    const { caseId, actor, now, today } = this.step;
    const row = clockRow(this.step.file.policy, caseId, code, {
      startDay,
      startInstant:
        startDay !== today ? null : handOf(actor).personId === null ? `${today}T00:00:00.000Z` : now,
      tier: (this.step.patch.tier ?? this.step.file.case.tier) as Tier | null,
      calendar: this.calendar,
      acknowledgedDay,
    });
    if (!row) return null;
    const { owedBy, pausable } = clockRule(code);
    if (this.caseWaits && owedBy === 'rightsholder' && pausable)
      Object.assign(row, { status: 'PAUSED', pausedOn: today } satisfies Partial<Clock>);
    await this.step.insert(Clock, row);
    this.clocks.push(row);
    return row;
  }

  /**
   * Legal clocks that the facts call for and that never ran, counted from the day of receipt (any channel, no magic words). A request
   * about data that came later has a clock of its own. What asks for an acknowledgement is met by the one that was sent.
   */
  async startLegal(requestReceivedOn?: Day): Promise<void> {
    const { file, patch, today } = this.step;
    const row: Case = { ...file.case, ...patch };
    const acknowledgedOn = file.answers.some(({ step }) => step === 'acknowledge')
      ? this.clocks.find(({ code }) => code === 'TARGET-ACK')?.stoppedOn
      : null;
    const codes = clocksFromFacts({
      jurisdiction: row.jurisdiction as Jurisdiction | null,
      isDataRightsRequest: row.isDataRightsRequest,
      reporterIsWorker: row.reporterIsWorker,
      concernsListedLaw: row.concernsListedLaw,
      harms: row.harms as HarmCode[] | null,
    });
    for (const code of codes) {
      if (code === 'GDPR-RTS' && requestReceivedOn !== undefined) {
        await this.startRequest(requestReceivedOn);
        continue;
      }
      if (this.clocks.some((clock) => clock.code === code)) continue;
      const started = await this.start(code, row.lodgedOn, acknowledgedOn ?? today);
      if (started && acknowledgedOn && MET_BY_ACKNOWLEDGEMENT.includes(code))
        await this.change(started, { status: 'STOPPED', stoppedOn: acknowledgedOn });
    }
  }

  /** A request about data that came on this day, beside others that wait: an extension of theirs, or their answer, is none of its own. */
  private async startRequest(receivedOn: Day): Promise<void> {
    const isKnown = this.runningRequests().some(({ startedOn }) => startedOn === receivedOn);
    if (!isKnown) await this.startAnother('GDPR-RTS', receivedOn);
  }

  private runningRequests(): Clock[] {
    return this.clocks.filter(({ code, status }) => code === 'GDPR-RTS' && status !== 'STOPPED');
  }

  /** The request about data that came first is answered. */
  async answerRequest(): Promise<void> {
    const first = earliest(this.runningRequests());
    await this.stop((clock) => clock === first);
  }

  /** A tier that rises makes targets end earlier, those that wait as well; nothing that is promised is ever put off. */
  async followTier(tier: Tier): Promise<void> {
    for (const clock of this.clocks.filter(({ status }) => status !== 'STOPPED')) {
      const code = clock.code as ClockCode;
      const { clocks } = this.step.file.policy;
      if (!clocks[code].byTier[tier]) continue;
      const { dueInternal, dueLegalLatest } = dueDates(clocks, code, {
        startDay: clock.startedOn,
        tier,
        calendar: this.calendar,
      });
      if (dueInternal < clock.dueInternal) await this.change(clock, { dueInternal, dueLegalLatest });
    }
  }

  /** Ids of the clocks that would end because the case enters this state. */
  endingWith(to: State): string[] {
    return this.clocks
      .filter((clock) => clock.status !== 'STOPPED' && endsWith(to, clock))
      .map(({ id }) => id);
  }

  /** Lets clocks that were stopped run on as if they never had been: what was promised is not put off. One that was paused goes on from then. */
  async runAgain(ids: readonly string[]): Promise<void> {
    for (const clock of this.clocks.filter(({ id, status }) => status === 'STOPPED' && ids.includes(id))) {
      const { pausedOn, stoppedOn } = clock;
      const due =
        pausedOn === null
          ? {}
          : {
              ...resumeClock(
                { ...clock, code: clock.code as ClockCode },
                { pausedOn, resumedOn: stoppedOn! },
              ),
              dueAt: null,
            };
      await this.change(clock, { ...due, status: 'RUNNING', pausedOn: null, stoppedOn: null });
    }
  }

  async stop(which: (clock: Clock) => boolean): Promise<void> {
    for (const clock of this.clocks.filter((each) => each.status !== 'STOPPED' && which(each)))
      await this.change(clock, { status: 'STOPPED', stoppedOn: this.step.today });
  }

  /** Pauses only what may pause; legal clocks run on. */
  async pause(codes: readonly ClockCode[] = CLOCK_CODES): Promise<void> {
    for (const clock of this.clocks.filter(
      ({ status, code }) =>
        status === 'RUNNING' && codes.includes(code as ClockCode) && clockRule(code as ClockCode).pausable,
    ))
      await this.change(clock, { status: 'PAUSED', pausedOn: this.step.today });
  }

  /** Lets run what waited, but for what waits for something else as well: for the whole case, or for an answer to her question about the offer. */
  async resume(codes: readonly ClockCode[] = CLOCK_CODES): Promise<void> {
    if (this.caseWaits) return;
    const isAsked = this.clocks.some(
      ({ code, status }) => code === 'TARGET-OFFER-QUESTION' && status !== 'STOPPED',
    );
    for (const clock of this.clocks.filter(
      ({ status, code }) =>
        status === 'PAUSED' &&
        codes.includes(code as ClockCode) &&
        !(isAsked && code === 'TARGET-OFFER-REPLY'),
    )) {
      const due = resumeClock(
        { ...clock, code: clock.code as ClockCode },
        { pausedOn: clock.pausedOn!, resumedOn: this.step.today },
      );
      // A pause is counted in days, and so is what is left after it.
      await this.change(clock, { ...due, dueAt: null, status: 'RUNNING', pausedOn: null });
    }
  }

  /** GDPR Art. 12(3): once, before it is due, with reasons told to the person. */
  async extend(code: ClockCode, reasons: string): Promise<void> {
    const decision = { decidedOn: this.step.today, reasonGiven: true };
    const extendable = this.clocks.filter(
      (each) => each.code === code && extendClock(each as Clock & ExtendableClock, decision).due,
    );
    const clock = earliest(extendable)!;
    const { due } = extendClock(clock as Clock & ExtendableClock, decision);
    await this.change(clock, {
      dueInternal: due!.dueInternal,
      dueLegalLatest: due!.dueLegalLatest,
      extendedOn: this.step.today,
      extensionReasonSealed: this.step.seal('clocks', 'extensionReasonSealed', clock.id, reasons),
    });
  }

  private async change(clock: Clock, patch: Partial<Clock>): Promise<void> {
    await this.step.update(Clock, clock.id, patch);
    Object.assign(clock, patch);
  }
}
