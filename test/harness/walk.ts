import type { ReprisalLevel } from '../../src/rules/protection';
import { IsNull } from 'typeorm';
import { Lodge } from '../../src/casework/intake/lodge';
import { OpenCase } from '../../src/casework/intake/open-case';
import { TakeStep, type StepTaken } from '../../src/casework/take-step';
import { Sessions } from '../../src/people/sessions';
import type { Visitor } from '../../src/people/visitor';
import { Time } from '../../src/platform/time';
import { Transactions } from '../../src/records/transactions';
import { Assignment } from '../../src/records/entities/assignment';
import { Case } from '../../src/records/entities/case';
import type { RoleCode } from '../../src/rules/roles';
import { INTAKE_STATES, reachOf } from '../../src/rules/sight';
import type { TestApp } from './app';
import type { House } from './house';

type Officer = Visitor & { kind: 'officer' };
export type Staff = Record<
  'INT' | 'TRI' | 'INV' | 'DIA' | 'REM' | 'DEC' | 'DEC2' | 'EXE' | 'PRT' | 'DPO' | 'IRV' | 'IRV2',
  Officer
>;

/** The house behind the doors of an application, for walks in front of which pages are looked at. */
export function houseOf(app: TestApp): House {
  const officer = async (role: RoleCode) => {
    const { personId } = await app.officer(role);
    return { kind: 'officer', personId, roles: [role], unitHash: null, sessionHash: '' };
  };
  return { get: app.get.bind(app), officer } as unknown as House;
}

/** One person for each role that works on cases, and a second decision-maker and reviewer. */
export async function hireStaff(house: House): Promise<Staff> {
  const codes = [
    'INT',
    'TRI',
    'INV',
    'DIA',
    'REM',
    'DEC',
    'DEC2',
    'EXE',
    'PRT',
    'DPO',
    'IRV',
    'IRV2',
  ] as const;
  const staff: Partial<Staff> = {};
  for (const code of codes) staff[code] = await house.officer(code.replace('2', '') as RoleCode);
  return staff as Staff;
}

/** Likelihood and impact that give each level. */
const SCORES: Record<ReprisalLevel, [number, number]> = {
  LOW: [1, 2],
  MEDIUM: [2, 3],
  HIGH: [3, 4],
  EXTREME: [4, 5],
};

/** Answers that rate the risk of reprisal, spelled out. */
export function riskOf(reprisalLevel: ReprisalLevel, isDefender = false) {
  const [threatLikelihood, threatImpact] = SCORES[reprisalLevel];
  return {
    reprisalLevel,
    isDefender,
    ...(isDefender ? { defenderType: 'UNION' } : {}),
    personsAtRisk: ['COMPLAINANT'],
    threatActors: ['MANAGER'],
    threatTypes: ['SHIFT_OR_PAY'],
    threatLikelihood,
    threatImpact,
  };
}

/** A case that walks its way by real steps. */
export class Walk {
  constructor(
    readonly house: House,
    readonly staff: Staff,
    readonly reference: string,
    readonly receipt: string,
    readonly holder: Visitor & { kind: 'rightsholder' },
  ) {}

  static async lodge(
    house: House,
    staff: Staff,
    narrative = 'The system stopped my benefit.',
    more: object = {},
  ): Promise<Walk> {
    const lodged = await house.get(Lodge).run(
      {
        narrative,
        desiredOutcome: 'Start it again',
        systemKnown: 'BenefitBot',
        contact: { kind: 'email', value: 'someone@example.org' },
        ...more,
      },
      { role: 'RH' },
    );
    return Walk.opened(house, staff, lodged);
  }

  private static async opened(
    house: House,
    staff: Staff,
    { reference, receipt }: { reference: string; receipt: string },
  ): Promise<Walk> {
    const { token } = await house.get(OpenCase).byReceipt(receipt, 'program');
    const visitor = (await house.get(Sessions).resolve(token))!.visitor as Visitor & { kind: 'rightsholder' };
    return new Walk(house, staff, reference, receipt, visitor);
  }

  /** The same case, opened with its receipt once more: sessions end after a while. */
  comeBack(): Promise<Walk> {
    return Walk.opened(this.house, this.staff, this);
  }

  /** Takes a step; whoever has to be on the team first is asked onto it, and says that there is no conflict. */
  async by(
    who: keyof Staff | 'RH',
    step: string,
    answers: Record<string, unknown> = {},
    agree?: boolean,
  ): Promise<StepTaken> {
    if (who !== 'RH') await this.joinTeam(who);
    return this.take(who, step, answers, agree);
  }

  /** Takes a step as whoever, on the team or not. */
  take(
    who: keyof Staff | 'RH',
    step: string,
    answers: Record<string, unknown> = {},
    agree?: boolean,
  ): Promise<StepTaken> {
    const visitor = who === 'RH' ? this.holder : this.staff[who];
    return this.house.get(TakeStep).run({ reference: this.reference, step, visitor, answers, agree });
  }

  /** A number for the person for whom somebody else opened the case: one of staff proposes it, and another one who agrees is shown it. */
  async numberForPerson(): Promise<string> {
    const reasons = 'We met her alone, and she showed her badge.';
    const { proposed, receipt } = await this.by('INT', 'issue-receipt', { reasons });
    if (!proposed || receipt) throw new Error('One alone was shown the number of the person.');
    return (await this.by('PRT', 'issue-receipt', {}, true)).receipt!.receipt;
  }

  /** Asks somebody of the staff onto the team in a role, who says that there is no conflict of interest. */
  assign(who: keyof Staff, role: RoleCode): Promise<void> {
    return this.bring(this.staff[who], role);
  }

  /** The same with anybody who works here. */
  async bring(visitor: Officer, role: RoleCode): Promise<void> {
    const { reference } = this;
    await this.take('TRI', 'assign', { role, person: visitor.personId });
    const answers = { noConflict: true };
    await this.house.get(TakeStep).run({ reference, step: 'declare-no-conflict', visitor, answers });
  }

  /** Brings onto the team whom their role alone does not let see the case. */
  async joinTeam(who: keyof Staff): Promise<void> {
    const { personId, roles } = this.staff[who];
    const reach = reachOf(roles);
    if (reach === 'EVERY' || reach === null) return;
    const { state, places } = await this.house.get(Transactions).read(async (db) => {
      const { id, state } = await db.findOneByOrFail(Case, { reference: this.reference });
      return { state, places: await db.findBy(Assignment, { caseId: id, personId, endedOn: IsNull() }) };
    });
    if (reach === 'INTAKE' && (INTAKE_STATES as readonly string[]).includes(state)) return;
    if (places.length === 0) await this.assign(who, roles[0]!);
    else if (places.some(({ conflictDeclared }) => conflictDeclared === 'ASKED'))
      await this.take(who, 'declare-no-conflict', { noConflict: true });
  }

  /** Acknowledged, and looked at by the triage lead. */
  async toEligibility(): Promise<void> {
    await this.by('INT', 'acknowledge', {
      noConflict: true,
      safeChannelChosen: true,
      jurisdiction: 'EU',
      isDataRightsRequest: false,
      reporterIsWorker: false,
      concernsListedLaw: false,
    });
    await this.by('TRI', 'begin-eligibility', { noConflict: true });
  }

  /** Severity, risk of reprisal and interim measures, without which a case neither goes on nor is turned away. */
  async rate(severity: Record<string, unknown> = {}): Promise<void> {
    await this.by('TRI', 'set-severity', {
      nature: 'ACTUAL',
      scale: 3,
      scope: 1,
      irremediability: 2,
      vulnerable: false,
      delayMakesIrremediable: false,
      reasons: 'Three months without money.',
      ...severity,
    });
    await this.by('TRI', 'assess-reprisal', riskOf('LOW'));
    await this.by('TRI', 'decide-interim', { interimChoice: 'IM_NONE', reasons: 'Nothing continues.' });
  }

  /** Up to triage, classified, with severity, allegation and investigator: ready to be looked into. */
  async toInvestigation(severity: Record<string, unknown> = {}): Promise<void> {
    await this.toEligibility();
    await this.by('TRI', 'accept', { affectsPeople: true, plausibleLink: true });
    await this.by('TRI', 'classify', {
      rights: ['HR-SOCS'],
      harms: ['AIH-04'],
      useDomain: 'DOM-SVC-BEN',
      lifecycleStage: 'LC-OPER',
      stateNexus: 'SN-NONE',
      decisionMode: 'SOLELY_AUTOMATED',
      track: 'INVESTIGATION',
      systemSearch: 'NAMED',
    });
    await this.rate(severity);
    await this.assign('INV', 'INV');
    await this.by('TRI', 'add-allegation', {
      allegationText: 'The benefit was stopped without a human looking.',
      harm: 'AIH-04',
    });
    await this.by('INV', 'start-investigation', {
      investigationScope: 'How the decision came about.',
      evidencePlan: 'Logs of June.',
      evidenceSnapshot: 'Vault A, shelf 3.',
    });
  }

  async toFindings(finding = 'FC-SUBST', involvement = 'CAUSE'): Promise<void> {
    await this.by('INV', 'record-finding', {
      allegationNumber: 1,
      finding,
      standardOfProof: 'SP-BALANCE',
      findingCauses: ['RC-THRESH'],
      reasons: 'The log shows it.',
    });
    await this.by('INV', 'determine-involvement', {
      involvement,
      involvementBasis: 'We set the threshold.',
      rootCauses: ['RC-THRESH'],
    });
    await this.by('INV', 'share-findings', {
      aiRole: 'It scored the file.',
      evidenceList: 'Logs.',
      affectedOthers: 'About forty.',
      vendorReply: 'The vendor answered.',
    });
    await this.by('RH', 'comment-on-findings', { comment: 'You forgot July.' });
    await this.by('INV', 'answer-comment', { reply: 'July is added.' });
  }

  /** Somebody to lead the dialogue is proposed, and accepted by both sides. */
  async facilitate(): Promise<void> {
    await this.by('TRI', 'propose-facilitator', {
      facilitator: 'A mediator of the chamber of labour.',
      facilitatorNeutral: 'The chamber pays.',
    });
    await this.by('RH', 'accept-facilitator', { facilitatorNumber: 1 });
    await this.by('TRI', 'record-unit-on-facilitator', {
      facilitatorNumber: 1,
      unitAccepts: true,
      unitSaid: 'Its head, by e-mail today.',
    });
  }

  async toOffer(): Promise<void> {
    const owner = this.staff.REM.personId;
    await this.by('DEC', 'plan-action', {
      action: 'RA-01',
      actionDescription: 'A person decides anew.',
      owner,
      dueOn: '2026-12-10',
    });
    await this.by('DEC', 'plan-action', {
      action: 'RA-19',
      actionDescription: 'A person looks at each stop.',
      owner,
      dueOn: '2027-01-10',
    });
    await this.by('DEC', 'propose-remedy', {
      offerText: 'We decide anew.',
      wishes: 'As she asked.',
      noWaiver: true,
      adviceOffered: true,
    });
  }

  async toVerification(): Promise<void> {
    await this.by('RH', 'accept-offer', { understood: true });
    for (const actionNumber of [1, 2]) {
      await this.by('REM', 'start-action', { actionNumber });
      await this.by('REM', 'complete-action', { actionNumber, evidenceText: 'Decision of today.' });
    }
    await this.by('REM', 'request-verification');
  }

  async toMonitoring(): Promise<void> {
    await this.toVerification();
    await this.by('RH', 'confirm-remedy', { remedyResult: 'FULL' });
  }

  /** Somebody looks, today, whether it happened again. */
  async monitor(): Promise<void> {
    await this.by('PRT', 'record-monitoring-check', {
      lookedAtOn: this.house.get(Time).today(),
      lookedAt: 'Every stop of a benefit since, with the unit.',
      recurrenceChecked: true,
      reprisalReviewed: true,
    });
  }

  /** The risk of reprisal is rated as it was where its day has passed. */
  async lookAtRisk(): Promise<void> {
    const { reference } = this;
    const { reprisalReviewOn, reprisalLevel, isDefender } = await this.house
      .get(Transactions)
      .read((db) => db.findOneByOrFail(Case, { reference }));
    if (reprisalReviewOn === null || reprisalReviewOn >= this.house.get(Time).today()) return;
    await this.by('PRT', 'assess-reprisal', riskOf(reprisalLevel as ReprisalLevel, isDefender === true));
  }

  /** Closed; where that is before the monitoring is over, or the case is severe, a reviewer agrees. */
  async close(): Promise<StepTaken> {
    await this.lookAtRisk();
    await this.monitor();
    const taken = await this.by('DEC', 'close', {
      closureCode: 'CR-REM-V',
      closedSooner: 'The system that did it is switched off for good.',
      systemicEffects: ['SE-OVERSIGHT'],
      recurrenceChecked: true,
      reprisalReviewed: true,
      surveyOffered: true,
      reasons: 'All is done.',
      lessons: 'Look first.',
    });
    return taken.proposed ? this.by('IRV2', 'close', {}, true) : taken;
  }
}
