import { SavedViews } from '../../casework/queue/saved-views';
import { Registers } from '../../casework/registers/registers';
import { Systems } from '../../casework/registers/systems';
import { TakeStep } from '../../casework/take-step';
import { Time } from '../../platform/time';
import { addDays } from '../../rules/counting';
import type { RegisterName } from '../../rules/registers';
import { USE_DOMAINS, type UseDomainCode } from '../../rules/use-domains';
import { openCases, type OpenCaseRecord } from './complaints';
import type { Staff } from './organisation';
import type { Rooms } from './rooms';

type Said = Record<string, unknown>;

/** The vendors of the fictional organisation, by what the stories call them. */
const VENDORS = {
  northgate: {
    companyName: 'Northgate Workforce Systems',
    country: 'Ireland',
    leverage: 'HIGH',
    leverageActions: 'We are its largest buyer; the contract has a right to audit.',
  },
  lumeris: {
    companyName: 'Lumeris Vision',
    country: 'Latvia',
    leverage: 'MEDIUM',
    leverageActions: 'Renewal falls due next spring; we ask for error rates by group before it.',
  },
  datahands: {
    companyName: 'Datahands Outsourcing',
    country: 'Kenya',
    leverage: 'LOW',
    leverageActions: 'Two other buyers have joined us to ask for pay and counselling together.',
  },
  civica: { companyName: 'Civica Benefits Software', country: 'France', leverage: 'MEDIUM' },
} as const satisfies Record<string, Said>;
type VendorName = keyof typeof VENDORS;

/** From whom a system named in a complaint comes; whichever is left out was made in the house, or nobody knows yet. */
const COMES_FROM: Readonly<Record<string, VendorName>> = {
  'open-01': 'northgate',
  'open-03': 'lumeris',
  'open-05': 'lumeris',
  'open-06': 'lumeris',
  'open-07': 'northgate',
  'open-09': 'northgate',
  'open-10': 'datahands',
  'open-11': 'northgate',
  'open-18': 'civica',
  'open-22': 'civica',
  'open-25': 'lumeris',
  'open-26': 'civica',
};

/**
 * Fills the registers beside the cases: vendors, every AI system that a complaint names, what happened to some, whom the organisation asked,
 * what it did towards vendors, what it bought and turned down, the proceedings beside two cases, and two shared views of the queue.
 */
export async function fillRegisters(
  house: Rooms,
  { staff, lodged }: { staff: Staff; lodged: readonly { id: string; reference: string }[] },
): Promise<void> {
  const registers = house.get(Registers);
  const keeper = staff.triage.visitor;
  const today = house.get(Time).today();
  const ago = (days: number) => addDays(today, -days);
  const add = (name: RegisterName, said: Said) => registers.of(name).add(keeper, said);
  const step = (id: string, name: string, answers: Said) =>
    house.get(TakeStep).run({
      reference: lodged.find((each) => each.id === id)!.reference,
      step: name,
      answers,
      visitor: keeper,
    });

  const vendors = {} as Record<VendorName, number>;
  for (const [name, said] of Object.entries(VENDORS))
    vendors[name as VendorName] = await add('vendors', said);

  const systems = new Map<string, number>();
  for (const record of openCases()) {
    const said = asRegistered(record);
    if (!said) continue;
    const vendor = COMES_FROM[record.id];
    const number = await add('systems', {
      ...said,
      ...(vendor ? { vendorNumber: vendors[vendor], providerNumber: vendors[vendor] } : {}),
    });
    systems.set(record.id, number);
    await step(record.id, 'name-system', { systemNumber: number });
  }
  const system = (id: string) => {
    const number = systems.get(id);
    if (number === undefined) throw new Error(`The complaint ${id} names no system.`);
    return number;
  };

  const happened = house.get(Systems);
  for (const [id, said] of [
    [
      'open-01',
      { recordKind: 'VERSION', happenedOn: ago(60), recordTitle: '7.2: selfie check before each shift' },
    ],
    [
      'open-01',
      {
        recordKind: 'INCIDENT',
        happenedOn: ago(12),
        recordTitle: 'Accounts closed after a new haircut or beard',
      },
    ],
    ['open-07', { recordKind: 'VERSION', happenedOn: ago(45), recordTitle: '3.0: pace is set by the hour' }],
    [
      'open-07',
      { recordKind: 'WORKERS_TOLD', happenedOn: ago(50), recordTitle: 'Notice to the works council' },
    ],
    ['open-09', { recordKind: 'HRIA', happenedOn: ago(300), recordTitle: 'Impacts on applicants, 2026' }],
    [
      'open-06',
      {
        recordKind: 'TENDER',
        happenedOn: ago(400),
        recordTitle: 'Contract for cameras at the doors',
        clauses: ['TC-AUDIT', 'TC-TERMINATION'],
      },
    ],
  ] as const satisfies readonly (readonly [string, Said])[])
    await happened.record(keeper, system(id), said);

  await add('engagements', {
    engagementTitle: 'What couriers need from a check of who they are',
    engagementKind: 'EG-WORKERS',
    heldOn: ago(20),
    consultedGroups: ['AG-PLAT'],
    partnerKinds: ['EP-PEOPLE', 'EP-UNION'],
    organisations: 'Couriers’ Union',
    participants: 34,
    systemNumbers: [system('open-01')],
    languagesUsed: 'English, Polish, Portuguese',
    accommodations: ['AC-INTERPRET', 'AC-COSTS', 'AC-SAFE'],
    adviceFunded: true,
    whatTheySaid: 'Nobody may lose an account before a person has looked. Tell us which picture it was.',
    changeAdopted: 'AD-PARTLY',
    whatChanged: 'A person looks first. Which picture it was is told from the next version on.',
    toldBackOn: ago(6),
    followUpDueOn: addDays(today, 60),
  });
  await add('engagements', {
    engagementTitle: 'How people who complained found this way of complaining',
    engagementKind: 'EG-MECHANISM',
    heldOn: ago(90),
    consultedGroups: ['AG-BENEF', 'AG-WORKER'],
    partnerKinds: ['EP-PEOPLE', 'EP-NGO'],
    participants: 11,
    whatTheySaid: 'The letters are long. Say first what happens next.',
    changeAdopted: 'AD-YES',
    whatChanged: 'Every letter begins with the next step and its day.',
    toldBackOn: ago(80),
  });
  await add('leverage', {
    measureTitle: 'Error rates by group before the contract is renewed',
    vendorNumber: vendors.lumeris,
    leverageMeasure: 'LV-INFO',
    takenOn: ago(15),
    systemNumbers: [system('open-06')],
    measureAim: 'Nobody is held at a door because a camera takes them for somebody else.',
    measureOwner: 'Purchasing',
    vendorReply: 'VR-PARTLY',
    leverageResult: 'LR-OPEN',
    nextReviewOn: addDays(today, 30),
  });
  await add('leverage', {
    measureTitle: 'Pay and counselling of those who label pictures',
    vendorNumber: vendors.datahands,
    leverageMeasure: 'LV-JOINT',
    takenOn: ago(30),
    measureOwner: 'Human rights',
    systemNumbers: [system('open-10')],
    vendorReply: 'VR-AGREED',
    leverageResult: 'LR-PARTLY',
  });
  await add('tenders', {
    tenderTitle: 'Faces recognised at a station, at once',
    tenderSide: 'TS-BID',
    buyerKind: 'BK-SECURITY',
    country: 'Exampleland',
    publishedOn: ago(70),
    hrddRequired: false,
    redLines: ['RL-RBI'],
    tenderDecision: 'TD-DECLINED',
    decidedOn: ago(64),
    decisionReasons: 'A line that we do not cross, whatever the clauses.',
  });
  await add('tenders', {
    tenderTitle: 'A system that plans shifts',
    tenderSide: 'TS-BUY',
    buyerKind: 'BK-OWN',
    country: 'Germany',
    publishedOn: ago(200),
    systemNumbers: [system('open-07')],
    hrddRequired: true,
    clauses: ['TC-HRDD', 'TC-AUDIT', 'TC-GRIEVANCE'],
    tenderDecision: 'TD-AWARDED',
    decidedOn: ago(150),
  });

  await step('open-02', 'record-proceeding', {
    proceedingType: 'PP-COURT-ADM',
    proceedingCourse: 'CONTINUE',
    proceedingCountry: 'FR',
    proceedingFiledBy: 'PF-ALLY',
    proceedingBody: 'The administrative court of the region',
    proceedingBegunOn: ago(8),
    stayRequested: false,
    proceedingToldOn: ago(1),
  });
  await step('open-09', 'record-proceeding', {
    proceedingType: 'PP-DPA',
    proceedingCourse: 'CONTINUE',
    proceedingCountry: 'IE',
    proceedingFiledBy: 'PF-PERSON',
    proceedingBegunOn: ago(14),
  });
  await step('open-09', 'record-proceeding-order', {
    proceedingNumber: 1,
    proceedingOrders: ['PB-KEEP', 'PB-HAND'],
    proceedingOrderOn: ago(3),
    proceedingOrderText:
      'Keep the scores of every applicant for this job, and hand over how they came about.',
    proceedingToldOn: ago(2),
  });

  const views = house.get(SavedViews);
  for (const [name, query] of [
    ['Nobody works on it yet', { assignee: 'nobody' }],
    ['Fears reprisal', { flag: 'FEAR' }],
  ] as const)
    await views.save(keeper, { name, query, isShared: true });
}

/** The AI system that a complaint names, as the register holds it; null where the person does not know which one it was. */
function asRegistered({ systemKnown, expected }: OpenCaseRecord): Said | null {
  if (systemKnown === 'I do not know') return null;
  return {
    systemName: systemKnown.split(' + ')[0],
    purpose: USE_DOMAINS[expected.domain as UseDomainCode].label,
    useDomain: expected.domain,
    lifecycleStage: expected.lifecycle,
    stateNexus: expected.stateNexus,
    decidesOnPeople: true,
  };
}
