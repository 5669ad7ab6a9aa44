import { Lodge } from '../../casework/intake/lodge';
import { Time } from '../../platform/time';
import { addDays } from '../../rules/counting';
import { complaintOf, openCases, type OpenCaseRecord } from './complaints';
import { ENDINGS } from './endings';
import { foundOrganisation, type Staff } from './organisation';
import { draftNextVersion } from './next-version';
import { passOn } from './passing-on';
import { fillRegisters } from './registers';
import type { Rooms } from './rooms';
import { Walk } from './walk';

/** Of a system of a vendor, and open. */
const PASSED_ON = 'open-06';

export interface LodgedComplaint {
  id: string;
  reference: string;
  receipt: string;
}

export interface Populated {
  staff: Staff;
  lodged: LodgedComplaint[];
}

/**
 * Fills an empty house: the organisation, all 26 complaints, lodged at the front door at `url` but for one that came some days before, every ending walked by real steps, the registers beside them, what
 * a vendor was told of one, and a draft of the next version of the process.
 * Throws when somebody has an account already, or when the door refuses a complaint.
 */
export async function populate(house: Rooms, url: string): Promise<Populated> {
  const staff = await foundOrganisation(house);
  const lodged: LodgedComplaint[] = [];
  for (const record of openCases()) {
    const { id } = record;
    const daysAgo = ENDINGS.find(({ caseId }) => caseId === id)?.receivedDaysAgo;
    const { reference, receipt } =
      daysAgo === undefined
        ? await lodge(url, id, complaintOf(record))
        : await lodgeLater(house, record, daysAgo);
    lodged.push({ id, reference, receipt });
  }
  const start = (caseId: string) => {
    const record = openCases().find(({ id }) => id === caseId)!;
    const own = lodged.find(({ id }) => id === caseId)!;
    return Walk.start(house, staff, record, own);
  };
  for (const { caseId, walk } of ENDINGS) await walk(await start(caseId));
  await fillRegisters(house, { staff, lodged });
  await passOn(house, await start(PASSED_ON));
  await draftNextVersion(house, staff);
  return { staff, lodged };
}

/** One that reached the organisation some days ago, by another way than its pages. */
function lodgeLater(house: Rooms, record: OpenCaseRecord, daysAgo: number) {
  const receivedOn = addDays(house.get(Time).today(), -daysAgo);
  return house.get(Lodge).run(complaintOf(record), { role: 'RH', receivedOn });
}

async function lodge(url: string, id: string, form: object): Promise<{ reference: string; receipt: string }> {
  const answer = await fetch(`${url}/api/v1/complaints`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': `demo-${id}` },
    body: JSON.stringify(form),
  });
  if (answer.status !== 201)
    throw new Error(
      `The complaint ${id} was not lodged: ${answer.status} ${(await answer.text()).slice(0, 500)}`,
    );
  const { reference, receipt } = (await answer.json()) as { reference: string; receipt: string };
  return { reference, receipt };
}
