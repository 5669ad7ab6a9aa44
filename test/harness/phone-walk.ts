import { Lodge } from '../../src/casework/intake/lodge';
import type { ComplaintForm } from '../../src/casework/intake/complaint-form';
import type { StepTaken } from '../../src/casework/take-step';
import type { Visitor } from '../../src/people/visitor';
import type { House } from './house';
import { Walk, type Staff } from './walk';

/** What staff say besides of a step that the person took by telephone. */
export const BY_PHONE = {
  saidBy: 'RH',
  saidThrough: 'phone',
  saidWords: 'What I said on the telephone.',
  knownBy: 'KB-WORD',
  channelWasSafe: true,
};

/** A case whose person never opens a page: each step of hers is said to intake and, where it has to be, agreed to by a protection officer. */
export class PhoneWalk extends Walk {
  /** Every step of hers that was written down, in order, and whether a second person agreed. */
  readonly dictated: { step: string; agreed: boolean }[] = [];
  /** What she says next. */
  words = BY_PHONE.saidWords;

  static async begin(house: House, staff: Staff, more: Partial<ComplaintForm> = {}): Promise<PhoneWalk> {
    const form = {
      narrative: 'أوقف النظام إعانتي.',
      language: 'ar',
      channel: 'phone',
      ...more,
    } as ComplaintForm;
    const { reference, receipt } = await house
      .get(Lodge)
      .run(form, { role: 'INT', personId: staff.INT.personId });
    const nobody = { kind: 'anyone' } as unknown as Visitor & { kind: 'rightsholder' };
    return new PhoneWalk(house, staff, reference, receipt, nobody);
  }

  override async by(
    who: keyof Staff | 'RH',
    step: string,
    answers: Record<string, unknown> = {},
    agree?: boolean,
  ): Promise<StepTaken> {
    if (who !== 'RH') return super.by(who, step, answers, agree);
    const saidOn = this.house.time.today();
    const said = { ...BY_PHONE, saidOn, saidWords: this.words, ...answers };
    const taken = await super.by('INT', step, said);
    this.dictated.push({ step, agreed: taken.proposed });
    return taken.proposed ? super.by('PRT', step, {}, true) : taken;
  }
}
