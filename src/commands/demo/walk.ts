import { OpenCase } from '../../casework/intake/open-case';
import { TakeStep, type StepTaken } from '../../casework/take-step';
import { Sessions } from '../../people/sessions';
import type { Visitor } from '../../people/visitor';
import { Time, type Day } from '../../platform/time';
import { addDays } from '../../rules/counting';
import { reachOf, type ConflictAnswer } from '../../rules/sight';
import type { StepName } from '../../rules/steps';
import type { Staff, StaffPlace } from './organisation';
import type { OpenCaseRecord } from './complaints';
import type { Rooms } from './rooms';

export type Answers = Record<string, unknown>;

/** Takes real steps on one case, for the staff of the organisation and for the person who holds the receipt. */
export class Walk {
  private readonly onTeam = new Map<StaffPlace, ConflictAnswer>();

  private constructor(
    private readonly takeStep: TakeStep,
    private readonly time: Time,
    readonly staff: Staff,
    readonly record: OpenCaseRecord,
    readonly reference: string,
    readonly complainant: Visitor & { kind: 'rightsholder' },
  ) {}

  /** Opens the case with its receipt, as the complainant does. */
  static async start(
    house: Rooms,
    staff: Staff,
    record: OpenCaseRecord,
    lodged: { reference: string; receipt: string },
  ): Promise<Walk> {
    const { token } = await house.get(OpenCase).byReceipt(lodged.receipt, 'program');
    const session = await house.get(Sessions).resolve(token);
    const visitor = session?.visitor;
    if (visitor?.kind !== 'rightsholder')
      throw new Error(`The receipt of ${lodged.reference} opens no session.`);
    return new Walk(house.get(TakeStep), house.get(Time), staff, record, lodged.reference, visitor);
  }

  /**
   * A step of a member of staff; with `agreedBy` it is proposed first and taken when the second person agrees. Whoever has to be on the
   * team to see the case comes onto it first.
   */
  async step(
    who: StaffPlace,
    step: StepName,
    answers: Answers = {},
    agreedBy?: StaffPlace,
  ): Promise<StepTaken> {
    const { reference } = this;
    await this.join(who);
    if (agreedBy) await this.join(agreedBy);
    const taken = await this.takeStep.run({ reference, step, answers, visitor: this.staff[who].visitor });
    const owner = Object.values(this.staff).find(({ personId }) => personId === answers.owner);
    if (owner && this.onTeam.get(owner.place) !== 'NONE') this.onTeam.set(owner.place, 'ASKED');
    if (taken.proposed !== (agreedBy !== undefined))
      throw new Error(
        taken.proposed
          ? `“${step}” waits for a second person, and the story names none.`
          : `“${step}” was taken at once, and the story names a second person.`,
      );
    if (!agreedBy) return taken;
    return this.takeStep.run({
      reference,
      step,
      answers: {},
      visitor: this.staff[agreedBy].visitor,
      agree: true,
    });
  }

  /** The triage lead asks somebody onto the team, who says that there is no conflict of interest. */
  async join(place: StaffPlace): Promise<void> {
    const { roles, personId, visitor } = this.staff[place];
    if (reachOf(roles) !== 'TEAM' || this.onTeam.get(place) === 'NONE') return;
    const { reference } = this;
    if (this.onTeam.get(place) !== 'ASKED')
      await this.takeStep.run({
        reference,
        step: 'assign',
        answers: {
          role: roles[0],
          person: personId,
          concerns: 'The team that runs the system named in the complaint, and its vendor.',
        },
        visitor: this.staff.triage.visitor,
      });
    await this.takeStep.run({
      reference,
      step: 'declare-no-conflict',
      answers: { noConflict: true },
      visitor,
    });
    this.onTeam.set(place, 'NONE');
  }

  /** A step of the complainant, or of whoever speaks for them. */
  async say(step: StepName, answers: Answers = {}): Promise<StepTaken> {
    return this.takeStep.run({ step, answers, visitor: this.complainant });
  }

  id(place: StaffPlace): string {
    return this.staff[place].personId;
  }

  inDays(days: number): Day {
    return addDays(this.time.today(), days);
  }
}
