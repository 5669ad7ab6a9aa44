import nunjucks from 'nunjucks';
import { writeFileSync } from 'node:fs';
import { codeLabel, roleLabel, stateLabel, stepLabel } from '../../../src/web/desk/code-label';
import { answerLines, assessmentLines, factLines } from '../../../src/web/desk/answer-lines';
import { stepFields } from '../../../src/web/step-form';
import { stepWords } from '../../../src/web/desk/step-words';
import { STEPS } from '../../../src/rules/steps';
import { STATE_CODES } from '../../../src/rules/states';
import { TIERS } from '../../../src/rules/severity';
import { STAFF_ROLES } from '../../../src/rules/roles';
import { launchBrowser, openPage, axe } from '../../harness/browser';
const env = new nunjucks.Environment([new nunjucks.FileSystemLoader('../../../src/web'), new nunjucks.FileSystemLoader('/tmp/desk-try/stub')], { autoescape: true, throwOnUndefined: false, trimBlocks: true, lstripBlocks: true });
const hostile = '<script>alert(1)</script> \'); DROP TABLE cases; -- =1+1 ' + 'ا'.repeat(5) + 'x'.repeat(300);
const people = [{ id: 'p1', name: 'Maya <b>Okafor</b>', email: 'maya@example.org', roles: ['REM', 'INT'], unit: 'South', active: true }] as any;
const view: any = { reference: 'RD-7K3F-9QXM', state: 'investigation', revision: 4, policyVersion: '2026-11', lodgedOn: '2026-11-24', closedOn: null, legalHold: true, suspendedUntil: null,
 complaint: { language: 'ar-EG', channel: 'web', identityMode: 'PSEUDONYMOUS', complainantRole: 'affected', narrative: 'رفض النظام طلبي.\n' + hostile, desiredOutcome: hostile, whenHappened: 'في مارس', systemKnown: null, awareOfAiUse: null, fearOfReprisal: 'some', reprisalText: null, accommodation: null },
 assessment: { tier: 'SEVERE', rights: ['HR-EQ'], harms: ['AIH-01', 'AIH-02'], vulnerable: true, scale: 3, useDomain: null, contactAttempts: 0 },
 clocks: [{ code: 'WBD-FB', basis: 'legal', startedOn: '2026-11-24', dueInternal: '2027-02-01', dueLegalLatest: '2027-02-24', dueAt: null, status: 'RUNNING', stoppedOn: null, overdue: true }, { code: 'TARGET-ACK', basis: 'internal', startedOn: '2026-11-24', dueInternal: '2026-11-26', dueLegalLatest: '2026-11-26', dueAt: null, status: 'STOPPED', stoppedOn: '2026-11-25', overdue: false }],
 allegations: [{ n: 1, harm: 'AIH-01', text: hostile, finding: 'FC-PART', findingReasons: 'Because.' }],
 offers: [{ n: 1, kind: 'OFFER', madeByRole: 'DEC', madeOn: '2026-11-24', text: 'We offer', replyDueOn: '2026-12-24', status: 'OPEN', answeredOn: null }],
 actions: [{ n: 1, action: 'RA-01', label: 'Human re-decision', form: 'RF-RST', description: 'd', owner: 'Maya', dueOn: '2026-12-01', status: 'DONE', doneOn: '2026-11-30', evidence: 'e', verificationQuestion: 'q', verificationResult: 'FULL' }],
 measures: [{ n: 1, measure: 'PM-01', label: 'Identity vault', status: 'IM_ORDERED', reason: 'r', owner: 'Maya', dueOn: '2026-12-01' }],
 appeals: [{ n: 1, against: 'closed', grounds: hostile, filedOn: '2026-11-24', late: true, reviewer: null, outcome: null, reasons: null, decidedOn: null }],
 questions: [{ n: 1, text: 'When?', why: 'Because', dueOn: '2026-12-01', answeredOn: null }],
 messages: [{ n: 1, fromRole: 'RH', by: null, writtenOn: '2026-11-24', text: hostile }],
 evidence: [{ n: 1, fileName: hostile, describes: hostile, mediaType: 'text/html', sizeInBytes: 12, sha256: 'a'.repeat(64), fromRole: 'RH', addedOn: '2026-11-24' }],
 letters: [{ letter: 'receipt', language: 'ar', queuedOn: '2026-11-24', status: 'QUEUED', subject: 'إيصال', paragraphs: ['فقرة'] }],
 links: [{ type: 'DUPLICATE', reference: 'RD-1111-2222' }], assignments: [{ role: 'INV', name: 'Maya', personId: 'p1' }],
 said: [{ step: 'acknowledge', byRole: 'INT', by: 'Maya', revision: 2, answers: { safeChannelChosen: true, jurisdiction: 'EU', note: hostile, owner: 'p1' } }] };
const open = (step: string, unmet: any[] = [], agreedBy: any = null, proposal: any = null) => ({ step, to: 'triage', by: 'TRI', asks: [], mayAsk: [], unmet, agreedBy, proposal });
const names = new Map([['p1', 'Maya']]);
const proposal = { proposedBy: 'Maya', proposedOn: '2026-11-24', answers: { reasons: hostile, declineCode: 'DC-DUP' } };
const pages: [string, string, any, any[]?][] = [
 ['queue', 'desk/queue.njk', { page: { cases: [{ reference: 'RD-7K3F-9QXM', state: 'received', tier: null, language: 'ar', channel: 'web', lodgedOn: '2026-11-24', nextDueOn: '2026-11-20', overdue: true }, { reference: 'RD-7K3F-9QXA', state: 'findings-shared', tier: 'CRITICAL', language: 'zh-Hant-TW', channel: 'web', lodgedOn: '2026-11-24', nextDueOn: null, overdue: false }], next: 'x' }, chosen: { state: 'received', tier: '', overdue: true, mine: false, sort: 'due' }, states: STATE_CODES, tiers: TIERS, isFirst: false, firstHref: '/desk', nextHref: '/desk?cursor=x' }],
 ['case', 'desk/case.njk', { view, path: '/desk/cases/RD-7K3F-9QXM', nextDue: view.clocks[0], assessment: assessmentLines(view.assessment), said: view.said.map((e: any) => ({ ...e, lines: answerLines(e.answers, names) })), ready: [open('classify'), open('decline', [], 'DEC')], waiting: [open('accept', [{ name: 'x', sentence: 'Do this first.' }])], agreements: [{ ...open('lower-severity', [], 'DEC', proposal), lines: answerLines(proposal.answers, names) }], mayReveal: true, notice: 'Done it.', message: '', describes: '' }, [{ name: 'x', field: 'text', sentence: 'Write at least one word.' }]],
 ['history', 'desk/history.njk', { reference: 'RD-7K3F-9QXM', lines: [{ n: 1, act: 'lodge', byRole: 'RH', by: null, on: '2026-11-24', at: null, from: 'new', to: 'received', facts: [], leafHash: 'b'.repeat(64) }, { n: 2, act: 'classify', byRole: 'TRI', by: 'Maya', on: '2026-11-24', at: '2026-11-24T08:00:00.000Z', from: 'triage', to: 'triage', facts: factLines({ rights: ['HR-EQ'], vulnerable: true, x: 3 }), leafHash: 'c'.repeat(64) }] }],
 ['step', 'desk/step.njk', { view, path: '/x', name: 'classify', open: open('classify', [{ name: 'a', sentence: 'First this.' }], 'DEC'), fields: stepFields({ asks: STEPS.find((s) => s.step === 'classify')!.asks, mayAsk: ['groups', 'note'] }, stepWords('classify', view, people), { note: hostile, rights: ['HR-EQ'] }, [{ name: 'a', field: 'rights', sentence: 'Answer this.' }]), isStale: true, isClosed: false }, [{ name: 'a', field: 'rights', sentence: 'Answer this.' }]],
 ['severity', 'desk/step.njk', { view, path: '/x', name: 'set-severity', open: open('set-severity'), fields: stepFields({ asks: STEPS.find((s) => s.step === 'set-severity')!.asks, mayAsk: ['likelihood'] }, stepWords('set-severity', view, people)), isStale: false, isClosed: false }],
 ['plan', 'desk/step.njk', { view, path: '/x', name: 'plan-action', open: open('plan-action'), fields: stepFields({ asks: [...STEPS.find((s) => s.step === 'plan-action')!.asks, 'actionNumber', 'noConflict', 'otherCase'], mayAsk: [] }, stepWords('plan-action', view, people)), isStale: false, isClosed: false }],
 ['agree', 'desk/step.njk', { view, path: '/x', name: 'decline', open: open('decline', [], 'DEC', proposal), proposal, lines: answerLines(proposal.answers, names), isStale: false, isClosed: false }],
 ['people', 'desk/people.njk', { people, roleChoices: STAFF_ROLES.map((value) => ({ value, label: roleLabel(value), chosen: value === 'INT' })), unit: '' }, [{ name: 'roles', field: 'roles', sentence: 'Choose at least one role.' }]],
 ['person', 'desk/person.njk', { person: people[0], roleChoices: STAFF_ROLES.map((value) => ({ value, label: roleLabel(value), chosen: value === 'INT' })) }],
 ['invited', 'desk/invited.njk', { link: 'http://localhost:3000/join/' + 'A'.repeat(43), days: 7, roles: ['Auditor'] }],
 ['account', 'desk/account.njk', { tokens: [{ id: '1', label: hostile.slice(0, 64), expiresAt: '2026-12-24T23:59:59.999Z' }], kept: { label: '', until: '' } }],
 ['token', 'desk/token-made.njk', { token: 'redress_' + 'A'.repeat(43), label: 'x', until: '2026-12-24' }],
 ['signin', 'desk/sign-in.njk', { email: 'x"y' }, [{ name: 'a', field: 'email', sentence: 'Check both.' }]],
 ['join', 'desk/join.njk', { secret: 's', roles: ['Intake officer'], unit: null, kept: {} }, [{ name: 'a', field: 'password', sentence: 'Short.' }]],
 ['contact', 'desk/contact.njk', { reference: 'RD-7K3F-9QXM', path: '/x', isOpen: false, reason: '', contact: null }],
 ['contact2', 'desk/contact.njk', { reference: 'RD-7K3F-9QXM', path: '/x', isOpen: true, reason: '', contact: { kind: 'email', value: 'a@b', safeContact: hostile } }],
 ['audit', 'audit/list.njk', { cases: [{ ledgerId: '0a8b7c6d-1111-4222-8333-444455556666', reference: 'RD-7K3F-9QXM', state: 'received', entries: 3 }], nextHref: null, isFirst: true }],
 ['audited', 'audit/history.njk', { audited: { ledgerId: '0a8b7c6d-1111-4222-8333-444455556666', reference: 'RD-7K3F-9QXM', differences: ['x changed'] }, lines: [{ n: 1, act: 'lodge', byRole: 'RH', by: null, on: '2026-11-24', at: null, from: 'new', to: 'received', facts: [], leafHash: 'b'.repeat(64), body: JSON.stringify({ v: 1, rows: [{ a: 'z'.repeat(400) }] }) }] }],
];
it('draws', async () => {
  const browser = await launchBrowser();
  const found: string[] = [];
  for (const [name, template, model, needs = []] of pages) {
    const html = env.render(template, { ...model, title: name, heading: name, language: 'en', direction: 'ltr', csrfToken: 'CSRF', menu: [{ href: '/desk', label: 'Queue', current: true }, { href: '/desk/account', label: 'My account', current: false }], isSignedIn: true, needs, errorOf: (f: string) => (needs as any[]).find((n) => n.field === f)?.sentence ?? null, code: codeLabel, role: roleLabel, state: stateLabel, step: stepLabel });
    writeFileSync(`/tmp/desk-try/${name}.html`, html);
    if (/<script/.test(html)) found.push(`${name}: script`);
    for (const width of [1280, 320]) {
      const page = await openPage(browser, { viewport: { width, height: 800 } });
      await page.goto(`file:///tmp/desk-try/${name}.html`);
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      if (Number(wide) > width) found.push(`${name} ${width}: overflows ${String(wide)}`);
      if (width === 1280) found.push(...(await axe(page)).map((v) => `${name}: ${v}`));
      await page.screenshot({ path: `/tmp/desk-try/${name}-${width}.png`, fullPage: true });
      await page.context().close();
    }
  }
  await browser.close();
  console.log(found.join('\n'));
}, 120000);
