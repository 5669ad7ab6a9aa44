import { Accounts } from '../../../src/people/accounts';
import { CITERS, REGISTER_KEEPERS } from '../../../src/rules/ai-systems';
import { DISPOSERS } from '../../../src/rules/retention';
import { CASE_ROLES, RECOVERERS, STAFF_ROLES, type RoleCode } from '../../../src/rules/roles';
import { REACH_OF } from '../../../src/rules/sight';
import { engines } from '../../harness/database';
import { ACKNOWLEDGED, Desk } from './desk';
import { DeskBrowser, wordsOf } from './desk-browser';

describe.each(engines())('who may see what of the desk on %s', (engine) => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open(engine);
  });
  afterAll(() => desk?.app.close());

  const DESK = CASE_ROLES;
  const REACH: readonly RoleCode[] = ['INT', 'TRI', 'INV', 'DIA', 'PRT', 'DPO'];
  const PAGES: [string, readonly RoleCode[]][] = [
    ['/desk', DESK],
    ['/desk/search', DESK],
    ['/desk/cases/REFERENCE', DESK],
    ['/desk/cases/REFERENCE/history', [...DESK, 'AUD']],
    ['/desk/cases/REFERENCE/steps/link-case', DESK],
    ['/desk/cases/REFERENCE/evidence/1', DESK],
    ['/desk/cases/REFERENCE/evidence/1/original', DESK],
    ['/desk/cases/REFERENCE/evidence/1/custody', [...DESK, 'AUD']],
    ['/desk/cases/REFERENCE/identity', REACH],
    ['/desk/cases/REFERENCE/erasure', ['DPO']],
    ['/desk/disposals', DISPOSERS],
    ['/desk/disposals/none', DISPOSERS],
    ['/desk/disposals/none/certificate', [...DISPOSERS, 'AUD']],
    ['/desk/people', ['ADM']],
    ['/desk/people/PERSON', ['ADM']],
    ['/desk/assignments', DESK],
    ['/desk/hand-over', DESK],
    ['/desk/break-glass', DESK],
    ['/desk/account', STAFF_ROLES],
    ['/desk/survey', ['IRV', 'EXE']],
    ['/desk/systems', DESK],
    ['/desk/systems/1', DESK],
    ['/desk/systems/new', REGISTER_KEEPERS],
    ['/desk/systems/1/change', REGISTER_KEEPERS],
    ['/desk/systems/1/record', REGISTER_KEEPERS],
    ['/desk/systems/1/records/1', REGISTER_KEEPERS],
    ['/desk/vendors', DESK],
    ['/desk/vendors/1', DESK],
    ['/desk/vendors/new', REGISTER_KEEPERS],
    ['/desk/vendors/1/change', REGISTER_KEEPERS],
    ['/desk/vendors/1/emptying', ['DPO', 'LEG']],
    ['/desk/proceedings', DESK],
    ['/desk/engagements', DESK],
    ['/desk/leverage/1', DESK],
    ['/desk/tenders/new', [...REGISTER_KEEPERS, 'EXE']],
    ['/desk/engagements/new', [...REGISTER_KEEPERS, 'DIA', 'EXE']],
    ['/desk/frameworks/1', DESK],
    ['/desk/frameworks/1/change', ['TRI', 'DEC', 'LEG', 'DPO']],
    ['/desk/case-law/1', DESK],
    ['/desk/case-law/1/emptying', ['DPO', 'LEG']],
    ['/desk/case-law/export/csv', [...REGISTER_KEEPERS, 'EXE']],
    ['/desk/roles', STAFF_ROLES],
    ['/desk/roles?role=INV', STAFF_ROLES],
    ['/desk/account/passkeys/none', STAFF_ROLES],
    ['/desk/recoveries', RECOVERERS],
    ['/audit', ['AUD']],
    ['/audit/cases/LEDGER', ['AUD']],
    ['/audit/house', ['AUD']],
    ['/audit/cases/LEDGER/evidence/1', ['AUD']],
  ];
  const FORMS: [string, readonly RoleCode[]][] = [
    ['/desk/search', DESK],
    ['/desk/cases/REFERENCE/messages', DESK],
    ['/desk/cases/REFERENCE/steps/link-case', DESK],
    ['/desk/cases/REFERENCE/evidence', DESK],
    ['/desk/cases/REFERENCE/erasure', ['DPO']],
    ['/desk/assignments/REFERENCE', DESK],
    ['/desk/hand-over', DESK],
    ['/desk/break-glass', DESK],
    ['/desk/disposals', DISPOSERS],
    ['/desk/systems', REGISTER_KEEPERS],
    ['/desk/systems/1', REGISTER_KEEPERS],
    ['/desk/systems/1/retirement', REGISTER_KEEPERS],
    ['/desk/systems/1/records', REGISTER_KEEPERS],
    ['/desk/systems/1/records/1/strike', REGISTER_KEEPERS],
    ['/desk/vendors', REGISTER_KEEPERS],
    ['/desk/vendors/1', REGISTER_KEEPERS],
    ['/desk/vendors/1/retirement', REGISTER_KEEPERS],
    ['/desk/vendors/1/emptying', ['DPO', 'LEG']],
    ['/desk/leverage', [...REGISTER_KEEPERS, 'EXE']],
    ['/desk/frameworks/1/verification', ['DPO', 'LEG']],
    ['/desk/case-law/1/verification', ['DPO', 'LEG']],
    ['/desk/case-law/1/retirement', ['TRI', 'DEC', 'LEG', 'DPO']],
    ['/desk/case-law/1/cases', CITERS],
    ['/desk/case-law/1/cases/end', CITERS],
    ['/desk/disposals/none/decision', DISPOSERS],
    ['/desk/people/invitations', ['ADM']],
    ['/desk/people/PERSON/roles', ['ADM']],
    ['/desk/people/none/deactivation', ['ADM']],
    ['/desk/people/none/erasure', ['ADM']],
    ['/desk/people/none/recovery', ['ADM']],
    ['/desk/recoveries/none', RECOVERERS],
    ['/desk/account/tokens', STAFF_ROLES],
    ['/desk/account/sessions/none/end', STAFF_ROLES],
    ['/desk/account/password', STAFF_ROLES],
    ['/desk/account/authenticator', STAFF_ROLES],
    ['/desk/account/sso', STAFF_ROLES],
    ['/desk/account/sso/end', STAFF_ROLES],
    ['/desk/account/passkeys', STAFF_ROLES],
    ['/desk/account/passkeys/registration', STAFF_ROLES],
    ['/desk/account/passkeys/none/removal', STAFF_ROLES],
    ['/desk/account/tokens/none/revocation', STAFF_ROLES],
  ];
  let addresses: (path: string) => string;

  beforeAll(async () => {
    const { reference } = await desk.app.lodge({ narrative: 'Words that nobody else may read.' });
    await desk.bring(reference, ...CASE_ROLES.filter((role) => REACH_OF[role] === 'TEAM'));
    const ledger = /\/audit\/cases\/([\w-]+)/.exec((await desk.as('AUD').get('/audit')).text)![1]!;
    const person = (await desk.app.get(Accounts).list())[0]!.id;
    addresses = (path) =>
      path.replace('REFERENCE', reference).replace('LEDGER', ledger).replace('PERSON', person);
  });

  it.each(PAGES)('shows %s to its roles only', async (path, allowed) => {
    for (const role of STAFF_ROLES) {
      const { status, text } = await desk.as(role).get(addresses(path));
      if (allowed.includes(role)) expect([role, [200, 404, 409].includes(status)]).toEqual([role, true]);
      else expect([role, status]).toEqual([role, 403]);
      if (!DESK.includes(role)) expect(text).not.toContain('Words that nobody else may read.');
    }
    expect((await new DeskBrowser(desk.app).get(addresses(path))).headers.location).toBe(
      `/sign-in?next=${encodeURIComponent(addresses(path))}`,
    );
  });

  it.each(FORMS)('takes a form at %s from its roles only', async (path, allowed) => {
    for (const role of STAFF_ROLES) {
      await desk.as(role).get('/desk/account');
      const { status } = await desk.as(role).post(addresses(path), {});
      expect([role, status === 403]).toEqual([role, !allowed.includes(role)]);
      expect(status).toBeLessThan(500);
    }
    expect((await new DeskBrowser(desk.app).post(addresses(path), {})).status).toBe(401);
  });

  it('shows a case without the steps of others, and auditors no names', async () => {
    const { reference } = await desk.app.lodge();
    await desk.take('INT', reference, 'acknowledge', ACKNOWLEDGED);
    await desk.bring(reference, 'LEG');
    const page = await desk.as('LEG').get(`/desk/cases/${reference}`);
    expect([page.status, page.text.includes('/steps/acknowledge')]).toEqual([200, false]);
    let list = await desk.as('AUD').get('/audit');
    const name = new RegExp(`/audit/cases/([\\w-]+)"[^]*?${reference}`);
    while (!list.text.includes(reference))
      list = await desk.as('AUD').get(/href="(\/audit\?cursor=[^"]+)"/.exec(list.text)![1]!);
    const rows = list.text.split('<tr');
    const ledgerId = name.exec(rows.find((row) => row.includes(reference))!)![1]!;
    const audited = wordsOf((await desk.as('AUD').get(`/audit/cases/${ledgerId}`)).text);
    expect(audited).toContain('Checked now: every entry follows the one before');
    expect(audited).toContain('"act":"acknowledge"');
    expect(audited).not.toContain('INT 2');
    await desk.app.source.query(`UPDATE cases SET language = 'xx' WHERE reference = '${reference}'`);
    expect(wordsOf((await desk.as('AUD').get(`/audit/cases/${ledgerId}`)).text)).toContain(
      'column language is "xx"',
    );
    expect((await desk.as('AUD').get('/audit/cases/none')).status).toBe(404);
  });
});
