import { complaintOf, openCases } from './complaints';
import { ENDINGS } from './endings';
import { foundOrganisation, type Staff } from './organisation';
import type { Rooms } from './rooms';
import { Walk } from './walk';

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
 * Fills an empty house: the organisation, all 26 complaints lodged at the front door at `url`, and every ending walked by real steps.
 * Throws when somebody has an account already, or when the door refuses a complaint.
 */
export async function populate(house: Rooms, url: string): Promise<Populated> {
  const staff = await foundOrganisation(house);
  const lodged: LodgedComplaint[] = [];
  for (const record of openCases())
    lodged.push({ id: record.id, ...(await lodge(url, record.id, complaintOf(record))) });
  for (const { caseId, walk } of ENDINGS) {
    const record = openCases().find(({ id }) => id === caseId)!;
    await walk(
      await Walk.start(
        house,
        staff,
        record,
        lodged.find(({ id }) => id === caseId)!,
      ),
    );
  }
  return { staff, lodged };
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
