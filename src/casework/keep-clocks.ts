import { newId } from '../platform/ids';
import { Clock } from '../records/entities/clock';
import { calendarOf } from '../rules/calendars';
import {
  CLOCKS,
  clockPeriod,
  clockRule,
  clocksFromFacts,
  dueDates,
  extendClock,
  resumeClock,
  type ClockCode,
  type DueDates,
  type ExtendableClock,
  type Jurisdiction,
} from '../rules/clocks';
import type { Tier } from '../rules/severity';
import { STATES, type State } from '../rules/states';
import type { Day, Instant } from '../platform/time';
import type { Case } from '../records/entities/case';
import type { StepContext } from './step-context';

interface ClockStart {
  startDay: Day;
  startInstant: Instant | null;
  tier: Tier | null;
  calendar: string;
  acknowledgedDay?: Day | null;
}

const DAYS_KEPT = 1000;
const kept = new Map<string, DueDates>();

/** What starts on one day under the same rules is due on the same day: counted once, for the many cases of a busy day. */
function dueOf(code: ClockCode, start: ClockStart): DueDates {
  if (start.startInstant) return dueDates(code, start);
  const { startDay, tier, calendar, acknowledgedDay } = start;
  const key = [code, startDay, tier, calendar, acknowledgedDay].join(' ');
  const known = kept.get(key);
  if (known) return known;
  const due = dueDates(code, start);
  if (kept.size >= DAYS_KEPT) kept.clear();
  kept.set(key, due);
  return due;
}

/** A row for a clock that starts; null where the clock does not run in this tier. */
export function clockRow(caseId: string, code: ClockCode, start: ClockStart): Clock | null {
  if (!clockPeriod(code, start.tier)) return null;
  const due = dueOf(code, start);
  return {
    id: newId(),
    caseId,
    code,
    basis: CLOCKS[code].basis,
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
    private readonly step: StepContext,
    private readonly calendar: string,
  ) {}

  private get clocks(): Clock[] {
    return this.step.file.clocks;
  }

  /** What the row says, then what entering an ended state means. */
  async follow(to: State): Promise<void> {
    const { row } = this.step;
    await this.stop((clock) => (row.clocks.stop ?? []).includes(clock.code as ClockCode));
    if (STATES[to].ended && to !== this.step.file.case.state)
      await this.stop((clock) => clock.basis === 'internal' || clock.code === 'WBD-FB');
    for (const code of row.clocks.start ?? []) await this.start(code);
  }

  /** Starts a clock today, unless one of its kind runs already. */
  async start(
    code: ClockCode,
    startDay: Day = this.step.today,
    acknowledgedDay?: Day,
  ): Promise<Clock | null> {
    if (this.clocks.some((clock) => clock.code === code && clock.status !== 'STOPPED')) return null;
    const { caseId, now, today } = this.step;
    const row = clockRow(caseId, code, {
      startDay,
      startInstant: startDay === today ? now : null,
      tier: (this.step.patch.tier ?? this.step.file.case.tier) as Tier | null,
      calendar: this.calendar,
      acknowledgedDay,
    });
    if (!row) return null;
    await this.step.insert(Clock, row);
    this.clocks.push(row);
    return row;
  }

  /** Legal clocks that the facts call for, counted from the day of receipt (trap: any channel, no magic words). */
  async startLegal(): Promise<void> {
    const row: Case = { ...this.step.file.case, ...this.step.patch };
    const codes = clocksFromFacts({
      jurisdiction: row.jurisdiction as Jurisdiction | null,
      isDataRightsRequest: row.isDataRightsRequest,
      reporterIsWorker: row.reporterIsWorker,
      concernsListedLaw: row.concernsListedLaw,
    });
    for (const code of codes) await this.start(code, row.lodgedOn, this.step.today);
  }

  async stop(which: (clock: Clock) => boolean): Promise<void> {
    for (const clock of this.clocks.filter((each) => each.status !== 'STOPPED' && which(each)))
      await this.change(clock, { status: 'STOPPED', stoppedOn: this.step.today });
  }

  /** Suspension pauses only what may pause; legal clocks run on. */
  async pause(): Promise<void> {
    for (const clock of this.clocks.filter(
      ({ status, code }) => status === 'RUNNING' && clockRule(code as ClockCode).pausable,
    ))
      await this.change(clock, { status: 'PAUSED', pausedOn: this.step.today });
  }

  async resume(): Promise<void> {
    for (const clock of this.clocks.filter(({ status }) => status === 'PAUSED')) {
      const due = resumeClock(
        { ...clock, code: clock.code as ClockCode },
        { pausedOn: clock.pausedOn!, resumedOn: this.step.today },
      );
      await this.change(clock, { ...due, status: 'RUNNING', pausedOn: null });
    }
  }

  /** GDPR Art. 12(3): once, before it is due, with reasons told to the person. */
  async extend(code: ClockCode, reasons: string): Promise<void> {
    const clock = this.clocks.find((each) => each.code === code && each.status !== 'STOPPED')!;
    const { due } = extendClock(clock as Clock & ExtendableClock, {
      decidedOn: this.step.today,
      reasonGiven: true,
    });
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
