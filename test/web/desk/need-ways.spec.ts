import { CASE_ROLES, type RoleCode } from '../../../src/rules/roles';
import type { OpenStep } from '../../../src/casework/views';
import { engines } from '../../harness/database';
import { Desk, stepAt } from './desk';
import { wordsOf } from './desk-browser';

const WAYS = /<ul class="desk-ways">([\s\S]*?)<\/ul>/g;

function linksIn(html: string): string[] {
  return [...html.matchAll(WAYS)].flatMap(([, list]) =>
    [...list!.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!),
  );
}

describe.each(engines())('unmet needs at the desk, on %s', (engine) => {
  let desk: Desk;
  let reference: string;

  beforeAll(async () => {
    desk = await Desk.open(engine);
    ({ reference } = await desk.app.lodge({ narrative: 'He said so.', fearOfReprisal: 'serious' }));
    await desk.toEligibility(reference);
    await desk.take('TRI', reference, 'accept', { affectsPeople: 'yes', plausibleLink: 'yes' });
    await desk.bring(reference, ...CASE_ROLES.filter((role) => role !== 'EXP'));
  });
  afterAll(() => desk?.app.close());

  it('are links, each of which leads to a form that this reader may use, or to a part of the case that is there', async () => {
    const followed = new Set<string>();
    for (const role of CASE_ROLES.filter((each) => each !== 'EXP')) {
      const page = await desk.as(role).get(`/desk/cases/${reference}`);
      for (const href of new Set(linksIn(page.text))) {
        const [path, anchor] = href.split('#');
        const target = path ? await desk.as(role).get(path) : page;
        expect([role, href, target.status]).toEqual([role, href, 200]);
        if (anchor) expect([href, target.text.includes(`id="${anchor}"`)]).toEqual([href, true]);
        followed.add(href.replace(/.*\/steps\//, ''));
      }
    }
    for (const step of ['classify', 'set-severity', 'assign', 'add-allegation', 'approve-disclosure-plan'])
      expect([...followed]).toContain(step);
  });

  it('say whose role it is where somebody else has to act', async () => {
    const form = await desk.as('INV').get(stepAt(reference, 'start-investigation'));
    const text = wordsOf(form.text);
    expect(text).toContain(
      'the protection officer has to approve the disclosure plan first. Approve disclosure plan: Protection officer',
    );
    expect(form.text).toContain(`<a class="govuk-link" href="${stepAt(reference, 'classify')}">Classify</a>`);
    expect(form.text).not.toContain(stepAt(reference, 'approve-disclosure-plan'));
    expect(text).toContain('Decide interim: Triage lead, Decision-maker, Protection officer');
    const officer = await desk.as('PRT').get(`/desk/cases/${reference}`);
    expect(officer.text).toContain(`${stepAt(reference, 'approve-disclosure-plan')}"`);
  });

  it('stand with their links in the summary of a form that was refused', async () => {
    const refused = await desk.take('INV', reference, 'start-investigation', {
      investigationScope: 'All.',
      evidencePlan: 'Logs.',
      evidenceSnapshot: 'Vault.',
    });
    expect(refused.status).toBe(422);
    expect(linksIn(refused.text)).toContain(stepAt(reference, 'classify'));
    expect(wordsOf(refused.text).match(/Set the severity first\./g)).toHaveLength(1);
  });

  it('name their steps to programs, in what is open and in what is refused', async () => {
    const token = await tokenOf('INV');
    const path = `/api/v1/cases/${reference}/steps`;
    const { body } = await desk.app.ask<OpenStep[]>('GET', path, { token });
    const start = body.find(({ step }) => step === 'start-investigation')!;
    const approve = { step: 'approve-disclosure-plan', by: ['PRT'], isOpen: true };
    expect(start.unmet.find(({ name }) => name === 'disclosurePlanApproved')?.metBy).toEqual([approve]);
    const { body: page } = await desk.app.ask<{ revision: number }>('GET', `/api/v1/cases/${reference}`, {
      token,
    });
    const refused = await desk.app.ask<{ needs: OpenStep['unmet'] }>('POST', `${path}/start-investigation`, {
      token,
      headers: { 'if-match': `"${page.revision}"` },
      body: { answers: { investigationScope: 'All.', evidencePlan: 'Logs.', evidenceSnapshot: 'Vault.' } },
    });
    expect(refused.body.needs.find(({ name }) => name === 'disclosurePlanApproved')?.metBy).toEqual([
      approve,
    ]);
  });

  const tokenOf = async (role: RoleCode) => {
    const officer = await desk.app.officer(role);
    await desk.app.bring(reference, officer);
    return officer.token;
  };
});
