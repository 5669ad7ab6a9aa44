import type { TestApp, TestOfficer } from '../../harness/app';

export interface ClosedCase {
  reference: string;
  receipt: string;
}

export interface Batch {
  id: string;
  schedule: string;
  status: string;
  note: string;
  proposedBy: string;
  settledBy: string | null;
  cases: { n: number; reference: string; status: string; keptBack: string | null }[];
}

/** Cases that ended, and what those do with them who erase what is due. */
export class ClosedCases {
  constructor(private readonly app: TestApp) {}

  /** Lodged and withdrawn today, with a message and a file. */
  async one(form: Record<string, unknown> = {}): Promise<ClosedCase> {
    const { app } = this;
    const { reference, receipt, token } = await app.lodge({
      narrative: 'The system stopped my benefit.',
      contact: { kind: 'email', value: 'her@example.org' },
      accommodation: 'A sign language interpreter.',
      ...form,
    });
    await app.ask('POST', '/api/v1/my-case/messages', { token, body: { text: 'Are you there?' } });
    const added = await app.ask('POST', '/api/v1/my-case/evidence', {
      token,
      headers: { 'content-type': 'multipart/form-data; boundary=xx' },
      body: '--xx\r\nContent-Disposition: form-data; name="file"; filename="letter.txt"\r\n\r\nDear applicant\r\n--xx--\r\n',
    });
    expect(added.status).toBe(201);
    await this.take(token, 'withdraw', { withdrawalPressure: false });
    return { reference, receipt };
  }

  async take(token: string, step: string, answers: Record<string, unknown>): Promise<number> {
    const taken = await this.app.ask('POST', `/api/v1/my-case/steps/${step}`, { token, body: { answers } });
    expect([taken.status, step, taken.text]).toEqual([201, step, taken.text]);
    return taken.status;
  }

  /** A step of staff, with whatever revision the case has now. */
  async staff(by: TestOfficer, reference: string, step: string, answers: Record<string, unknown>) {
    const { headers } = await this.app.ask('GET', `/api/v1/cases/${reference}`, { token: by.token });
    return this.app.ask<{ needs: { name: string; sentence: string }[] }>(
      'POST',
      `/api/v1/cases/${reference}/steps/${step}`,
      { token: by.token, headers: { 'if-match': String(headers.etag) }, body: { answers } },
    );
  }

  async open(receipt: string): Promise<string | null> {
    const { status, body } = await this.app.ask<{ token: string }>('POST', '/api/v1/complaint-sessions', {
      body: { receipt },
    });
    return status === 201 ? body.token : null;
  }

  async due(by: TestOfficer, schedule = 'RS-CASE') {
    const { body } = await this.app.ask<{
      free: { reference: string; dueOn: string }[];
      held: { reference: string; keptBack: string }[];
    }>('GET', `/api/v1/disposals/due?schedule=${schedule}`, { token: by.token });
    return {
      free: body.free.map(({ reference }) => reference),
      held: body.held.map(({ reference, keptBack }) => `${reference} ${keptBack}`),
    };
  }

  propose(by: TestOfficer, references?: string[], schedule = 'RS-CASE') {
    const body = { schedule, reason: 'Seven years are over.', ...(references ? { references } : {}) };
    return this.app.ask<Batch>('POST', '/api/v1/disposals', { token: by.token, body });
  }

  settle(by: TestOfficer, id: string, agree = true) {
    return this.app.ask<Batch>('POST', `/api/v1/disposals/${id}/decision`, {
      token: by.token,
      body: { agree },
    });
  }

  /** Erases exactly these, by two people. */
  async erase(first: TestOfficer, second: TestOfficer, references: string[], schedule = 'RS-CASE') {
    const proposed = await this.propose(first, references, schedule);
    expect([proposed.status, proposed.text]).toEqual([201, proposed.text]);
    const settled = await this.settle(second, proposed.body.id);
    expect([settled.status, settled.text]).toEqual([200, settled.text]);
    return settled.body;
  }
}
