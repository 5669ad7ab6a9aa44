import 'reflect-metadata';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EraseOnRequest } from '../../src/casework/erasure/erase-on-request';
import { AnswerMails } from '../../src/casework/intake/mail/answer-mails';
import { LookAtMailbox } from '../../src/casework/intake/mail/look-at-mailbox';
import { ReadMailbox } from '../../src/casework/intake/mail/read-mailbox';
import { OpenCase } from '../../src/casework/intake/open-case';
import { Messages } from '../../src/casework/messages';
import { ReadCase } from '../../src/casework/read-case';
import { ChangeCase } from '../../src/casework/change-case';
import { Receipts } from '../../src/casework/receipts';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { EvidenceFiles } from '../../src/casework/evidence-files';
import { TakeStep } from '../../src/casework/take-step';
import { MailIntakeJob } from '../../src/jobs/mail-intake.job';
import { Mailbox, type OpenMailbox } from '../../src/mail/mailbox';
import { MailSettings } from '../../src/mail/mail-settings';
import { Post } from '../../src/mail/post';
import { MEGABYTE, Settings } from '../../src/platform/settings';
import { Transactions } from '../../src/records/transactions';
import { TakeMail } from '../../src/casework/intake/mail/take-mail';
import { Sessions } from '../../src/people/sessions';
import type { Visitor } from '../../src/people/visitor';
import { Log } from '../../src/platform/log';
import { Case } from '../../src/records/entities/case';
import { Entry } from '../../src/records/entities/entry';
import { MailAnswer } from '../../src/records/entities/mail-answer';
import { Party } from '../../src/records/entities/party';
import { TakenMail } from '../../src/records/entities/taken-mail';
import { say } from '../../src/words/words';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { mailOf, TestMailbox, TestOutbox, textOf } from '../harness/mail-servers';
import { normaliseReceipt } from '../../src/vault/receipts';
import { Vault } from '../../src/vault/vault';

/** Stands in every text and file that somebody sends here. */
const PLANT = 'xPostQz';
/** Postal codes: as many digits as a number that opens a case, and none of them opens one. */
const AREAS = '10115 10117 10119, 10178, 10179 10243';
const MIXED = { 'MIME-Version': '1.0', 'Content-Type': 'multipart/mixed; boundary=b' };

function withFiles(text: string, files: [name: string, content: string][]): string {
  const parts = files.map(
    ([name, content]) =>
      `--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(content, 'latin1').toString('base64')}\r\n`,
  );
  return `--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n${parts.join('')}--b--\r\n`;
}

const headerOf = (raw: string, name: string) =>
  new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, 'im').exec(raw)?.[1] ?? null;

// Each mail is read in a thread of its own, which takes its time to start.

describe.each(engines())('complaints by e-mail on %s', (engine) => {
  let mailbox: TestMailbox;
  let outbox: TestOutbox;
  let house: House;
  let intake: Visitor & { kind: 'officer' };
  let failing: RegExp | null = null;
  const lines: string[] = [];

  beforeAll(async () => {
    mailbox = await TestMailbox.start();
    outbox = await TestOutbox.start();
    house = await House.open(
      engine,
      (sql) => {
        if (failing?.test(sql)) throw new Error('killed');
      },
      (dataDir) => new MailSettings(mailbox.settings(dataDir), outbox.settings()),
    );
    intake = await house.officer('INT');
  });
  afterEach(() => {
    failing = null;
  });
  afterAll(async () => {
    await house.close();
    await mailbox.goAway();
    await outbox.goAway();
  });

  const visit = () => house.get(ReadMailbox).run();
  const answer = () => house.get(AnswerMails).run(() => true);
  const cases = () => house.source.getRepository(Case).find({ order: { id: 'ASC' } });
  const newest = async () => (await cases()).at(-1)!;
  const statusOf = async ({ id }: Case) =>
    (await house.source.getRepository(MailAnswer).findOneBy({ caseId: id }))?.status;
  const viewOf = ({ reference }: Case) => house.get(ReadCase).forStaff(reference, intake);
  /** Everybody may be answered again. */
  const later = () => house.time.goTo(new Date(house.time.now().getTime() + 3_700_000).toISOString());
  const sentNow = async () => {
    const before = outbox.sent.length;
    await answer();
    return outbox.sent.slice(before);
  };
  const receiptIn = (raw: string) => /\d{5} \d{5} \d{5} \d{5} \d{5}/.exec(textOf(raw).body)![0];
  const open = async (receipt: string) => {
    const opened = await house.get(OpenCase).byReceipt(receipt, 'page');
    const { visitor } = (await house.get(Sessions).resolve(opened.token))!;
    return { opened, visitor: visitor as Visitor & { kind: 'rightsholder' } };
  };

  it('become cases of the day on which they arrived, and leave the mailbox', async () => {
    mailbox.deliver(
      mailOf({ 'Content-Language': 'fr' }, `It refused me. ${PLANT}`),
      '22-Nov-2026 23:59:20 +0000',
      ['\\Seen'],
    );
    expect(await visit()).toEqual({ lodged: 1, messages: 0, notTaken: 0, left: 0 });
    expect([mailbox.in('INBOX'), mailbox.in('Not taken')]).toEqual([[], []]);
    const row = await newest();
    expect(row).toMatchObject({ channel: 'email', lodgedOn: '2026-11-22', language: 'fr' });
    const view = await viewOf(row);
    expect(view.complaint.narrative).toBe(`The letter\n\nIt refused me. ${PLANT}`);
    expect(view.mailAnswer).toBe('WAITING');
    const { ledgerId } = row;
    const { body } = await house.source.getRepository(Entry).findOneByOrFail({ ledgerId, n: 1 });
    expect(JSON.parse(body)).toMatchObject({ by: { role: 'RH', ref: null }, on: '2026-11-24' });
    expect(await visit()).toMatchObject({ lodged: 0 });
  });

  it('are answered without a word of them, with a number that works once', async () => {
    const [mail, ...more] = await sentNow();
    expect(more).toEqual([]);
    const { head, body } = textOf(mail!.raw);
    expect([mail!.from, mail!.to]).toEqual(['post@house.example', ['rosa@elsewhere.example']]);
    expect(headerOf(head, 'From')).toBe('post@house.example');
    expect(headerOf(head, 'Auto-Submitted')).toBe('auto-replied');
    for (const name of ['In-Reply-To', 'References', 'Reply-To', 'X-Mailer', 'User-Agent'])
      expect([name, headerOf(head, name)]).toEqual([name, null]);
    expect(mail!.raw).not.toMatch(/letter|refused|rosa w|complain|RD-|Test organisation/i);
    expect(body).toContain('http://localhost:3000/my-case/open');
    const row = await newest();
    expect(await statusOf(row)).toBe('SENT');
    const receipt = receiptIn(mail!.raw);
    const { opened, visitor } = await open(receipt);
    expect(opened.taken!.receipt).not.toBe(receipt);
    await expect(open(receipt)).rejects.toThrow(/does not open/);
    const view = await house.get(ReadMyCase).view(visitor);
    expect(view.complaint.narrative).toContain(PLANT);
    expect(await statusOf(row)).toBe('TAKEN-OVER');
    expect((await house.verify()).differences).toEqual([]);
  });

  it('are each made once, whatever breaks between commit and deletion', async () => {
    const before = (await cases()).length;
    for (const [command, text] of [
      ['UID STORE', 'one'],
      ['UID EXPUNGE', 'two'],
    ] as const) {
      mailbox.deliver(mailOf({ From: `${text}@elsewhere.example` }, text));
      mailbox.breakOffAt(command);
      await expect(visit()).rejects.toThrow();
      expect(mailbox.in('INBOX')).toHaveLength(1);
      expect(await visit()).toMatchObject({ lodged: 0 });
      expect(mailbox.in('INBOX')).toEqual([]);
    }
    expect(await cases()).toHaveLength(before + 2);
    const twice = mailOf({ From: 'three@elsewhere.example' }, 'three');
    mailbox.deliver(twice);
    mailbox.deliver(twice.replace('Received: ', 'Received: by a second way, '));
    expect(await visit()).toMatchObject({ lodged: 1 });
    expect(await cases()).toHaveLength(before + 3);
  });

  it.each([
    /INSERT INTO "cases"/,
    /INSERT INTO "taken_mails"/,
    /INSERT INTO "mail_answers"/,
    /INSERT INTO "entries"/,
  ])('stay in the mailbox when %s fails, and come whole the next time', async (statement) => {
    const before = (await cases()).length;
    mailbox.deliver(
      mailOf({ ...MIXED, From: `${Math.random()}@elsewhere.example` }, withFiles('again', [['a.txt', 'x']])),
    );
    failing = statement;
    expect(await visit()).toMatchObject({ lodged: 0, left: 1 });
    expect([await cases(), mailbox.in('INBOX')].map(({ length }) => length)).toEqual([before, 1]);
    const look = await house.get(LookAtMailbox).run(intake);
    failing = null;
    if (!/taken/.test(String(statement))) expect(look).toMatchObject({ left: 1 });
    expect(await visit()).toMatchObject({ lodged: 1, left: 0 });
    expect([await cases(), mailbox.in('INBOX')].map(({ length }) => length)).toEqual([before + 1, 0]);
    expect((await viewOf(await newest())).evidence).toHaveLength(1);
  });

  it('wait while the mail server is away, and nobody is stopped', async () => {
    mailbox.deliver(mailOf({ From: 'away@elsewhere.example' }, 'Still there.'));
    await mailbox.goAway();
    const log = new Log('info', { write: (line: string) => void lines.push(line) });
    await new MailIntakeJob(house.get(ReadMailbox), house.get(AnswerMails), log).run();
    expect(lines.join()).toContain('the mailbox could not be read');
    await mailbox.comeBack();
    expect(await visit()).toMatchObject({ lodged: 1 });
  });

  it('bring their files, and name in the case those that could not be taken', async () => {
    const files: [string, string][] = [
      [`${PLANT}.txt`, 'The letter says no.'],
      ['empty.txt', ''],
      ['run.exe', 'MZ\u0090\u0000\u0003\u0000\u0000\u0000'.padEnd(200, '\u0000')],
      ['b.txt', 'b'],
      ['c.txt', 'c'],
      ['sixth.txt', 'six'],
    ];
    mailbox.deliver(
      mailOf({ ...MIXED, From: 'files@elsewhere.example' }, withFiles('See the files.', files)),
    );
    expect(await visit()).toMatchObject({ lodged: 1 });
    const row = await newest();
    const view = await viewOf(row);
    expect(view.evidence.map(({ n, fileName, fromRole }) => [n, fileName, fromRole])).toEqual([
      [1, `${PLANT}.txt`, 'RH'],
      [2, 'b.txt', 'RH'],
      [3, 'c.txt', 'RH'],
      [4, 'sixth.txt', 'RH'],
    ]);
    const [message] = view.messages;
    expect(message).toMatchObject({ n: 1, fromRole: 'SYS', language: 'en' });
    for (const [name, why] of [
      ['empty.txt', 'error.evidence.empty'],
      ['run.exe', 'error.evidence.kind'],
    ])
      expect(message!.text).toContain(`– ${name}: ${say('en', why!)}`);
    await house.get(EvidenceFiles).open(intake, 1, row.reference);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('whose words all stand in files that were not taken become cases, and stay for people, also after a break', async () => {
    const said = mailOf(
      { ...MIXED, Subject: 'The photo', From: 'photo@elsewhere.example' },
      withFiles('', [['run.exe', 'MZ\u0090\u0000\u0003\u0000\u0000\u0000'.padEnd(200, '\u0000')]]),
    );
    mailbox.deliver(said);
    mailbox.breakOffAt('UID MOVE');
    await visit().catch(() => undefined);
    const lodged = (await cases()).length;
    expect(await visit()).toMatchObject({ lodged: 0, notTaken: 1 });
    expect((await cases()).length).toBe(lodged);
    expect(mailbox.in('Not taken').at(-1)).toBe(said);
    expect(mailbox.in('INBOX')).toEqual([]);
    const row = await newest();
    expect((await viewOf(row)).messages[0]!.text).toContain(say('en', 'error.evidence.kind'));
    later();
    expect((await sentNow()).flatMap(({ to }) => to)).toContain('photo@elsewhere.example');
  });

  it('keep a long text whole, as a file, and a mail without text with its files', async () => {
    const long = `${'It refused me. '.repeat(5000)}END`;
    mailbox.deliver(mailOf({ From: 'long@elsewhere.example' }, long));
    mailbox.deliver(
      mailOf(
        { ...MIXED, Subject: '', From: 'mute@elsewhere.example' },
        withFiles('\u200b', [['a.txt', 'x']]),
      ),
    );
    expect(await visit()).toMatchObject({ lodged: 2 });
    const [first, second] = (await cases()).slice(-2).map(viewOf);
    const { complaint, evidence } = await first!;
    expect(complaint.narrative.length).toBeLessThanOrEqual(50_000);
    expect(complaint.narrative.endsWith(say('en', 'mail.long'))).toBe(true);
    expect(evidence).toMatchObject([{ fileName: 'e-mail.txt' }]);
    expect((await second!).complaint.narrative).toBe(say('en', 'mail.no-text'));
  });

  it('that nobody wrote, that are empty, broken or too large go to people, who are told how many', async () => {
    const before = (await cases()).length;
    const odd = [
      mailOf({ 'Auto-Submitted': 'auto-replied' }, PLANT),
      mailOf({ From: 'post@house.example' }, 'ours'),
      mailOf({ 'List-Id': '<x.example>' }, 'news'),
      mailOf({ Subject: '' }, ' \r\n'),
      mailOf({ 'Content-Type': 'text/html' }, '<i>'.repeat(5000)),
    ];
    for (const raw of odd) mailbox.deliver(raw);
    const sent = outbox.sent.length;
    expect(await visit()).toEqual({ lodged: 0, messages: 0, notTaken: 5, left: 0 });
    expect(mailbox.in('Not taken').slice(-odd.length)).toEqual(odd);
    expect([(await cases()).length, outbox.sent.length]).toEqual([before, sent]);
    expect(await house.get(LookAtMailbox).run(intake)).toMatchObject({
      readOn: house.time.today(),
      left: 0,
      notTaken: mailbox.in('Not taken').length,
      notTakenFolder: 'Not taken',
    });
    for (const role of ['INV', 'PRT', 'DEC'] as const)
      expect(await house.get(LookAtMailbox).run(await house.officer(role))).toBeNull();
  });

  it('that are too large are not even fetched', async () => {
    const away: unknown[] = [];
    const huge = { uid: 1, sizeInBytes: 61 * MEGABYTE, arrivedOn: '2026-11-24' };
    const open = {
      waiting: () => Promise.resolve([huge]),
      read: () => Promise.reject(new Error('fetched')),
      putAway: (uid: number, as: string) => Promise.resolve(void away.push([uid, as])),
      count: () => Promise.resolve({ left: 0, notTaken: 6 }),
    };
    const box = { visit: (work: (open: OpenMailbox) => Promise<unknown>) => work(open) };
    const read = new ReadMailbox(
      new Post(box as Mailbox, null),
      house.get(TakeMail),
      house.get(Transactions),
      house.get(MailSettings),
      house.get(Settings),
      house.time,
      new Log('silent'),
    );
    expect(await read.run()).toMatchObject({ notTaken: 1 });
    expect(away).toEqual([[1, 'not-taken']]);
  });

  it('are taken from one address twenty times a day', async () => {
    const from = { From: 'often@elsewhere.example' };
    for (let n = 0; n < 22; n += 1) mailbox.deliver(mailOf(from, `Number ${n}`));
    expect(await visit()).toMatchObject({ lodged: 20, notTaken: 2 });
    const answered = (await sentNow()).filter(({ to }) => to[0] === 'often@elsewhere.example');
    expect(answered).toHaveLength(1);
    expect(await sentNow()).toEqual([]);
    later();
    expect(await sentNow()).toHaveLength(1);
  });

  it('wait for their answer while the server that sends is away, and the number of a try that failed opens nothing', async () => {
    house.time.addDays(2);
    mailbox.deliver(mailOf({ From: 'slow@elsewhere.example' }, 'Slow.'));
    await visit();
    const row = await newest();
    const hashes = async () =>
      (await house.source.getRepository(Party).findBy({ caseId: row.id })).map(
        ({ receiptHash }) => receiptHash,
      );
    const [first] = await hashes();
    await outbox.goAway();
    expect(await answer()).toBe(0);
    expect(await hashes()).toEqual([first]);
    await outbox.comeBack();
    outbox.isFull = true;
    expect(await answer()).toBe(0);
    const [second] = await hashes();
    expect(second).not.toBe(first);
    expect(await statusOf(row)).toBe('WAITING');
    outbox.isFull = false;
    later();
    const mail = (await sentNow()).find(({ to }) => to[0] === 'slow@elsewhere.example')!;
    expect((await hashes())[0]).not.toBe(second);
    expect((await open(receiptIn(mail.raw))).opened.taken!.reference).toBe(row.reference);
  });

  it('wait without a new number once the server that sends went away in the middle of a round', async () => {
    house.time.addDays(2);
    await answer();
    for (const name of ['one', 'two', 'three'])
      mailbox.deliver(mailOf({ From: `${name}@broken.example` }, 'Gone.'));
    await visit();
    const rows = (await cases()).slice(-3);
    const tries = async () =>
      Promise.all(
        rows.map(async ({ id }) => {
          const { status, tries: begun } = await house.source
            .getRepository(MailAnswer)
            .findOneByOrFail({ caseId: id });
          return [status, begun];
        }),
      );
    outbox.leavesAtMail = true;
    await answer();
    expect((await tries()).sort()).toEqual([
      ['WAITING', 0],
      ['WAITING', 0],
      ['WAITING', 1],
    ]);
    await outbox.comeBack();
    const toThem = (sent: typeof outbox.sent) => sent.filter(({ to }) => to[0]!.endsWith('@broken.example'));
    expect(toThem(await sentNow())).toHaveLength(2);
    later();
    expect(toThem(await sentNow())).toHaveLength(1);
  });

  it('are answered once by two servers, and anew where one of them stopped in the middle', async () => {
    const sender = 'twice@elsewhere.example';
    mailbox.deliver(mailOf({ From: sender }, 'Once.'));
    await visit();
    const row = await newest();
    later();
    const other = new AnswerMails(
      house.get(Post),
      house.get(Transactions),
      house.get(ChangeCase),
      house.get(Receipts),
      house.get(Vault),
      house.get(Settings),
      house.time,
      house.get(Log),
    );
    const toSender = () => outbox.sent.filter(({ to }) => to.includes(sender));
    await Promise.all([answer(), other.run(() => true)]);
    expect(toSender()).toHaveLength(1);
    const answers = house.source.getRepository(MailAnswer);
    await answers.update({ caseId: row.id }, { status: 'SENDING' });
    await Promise.all([answer(), other.run(() => true)]);
    expect(toSender()).toHaveLength(1);
    house.time.addDays(1);
    await Promise.all([answer(), other.run(() => true)]);
    expect(toSender()).toHaveLength(2);
    expect(await statusOf(row)).toBe('SENT');
  });

  it('are handed over by staff where the address does not exist, or the answer comes back', async () => {
    outbox.refused.add('typo@elsewhere.example');
    mailbox.deliver(mailOf({ From: 'typo@elsewhere.example' }, 'Typo.'));
    mailbox.deliver(mailOf({ From: '' }, 'Nobody.'));
    mailbox.deliver(mailOf({ From: 'full@elsewhere.example' }, 'Full.'));
    await visit();
    const [typo, nobody, full] = (await cases()).slice(-3) as [Case, Case, Case];
    later();
    const sent = (await sentNow()).find(({ to }) => to[0] === 'full@elsewhere.example')!;
    const id = headerOf(sent.raw, 'Message-ID')!;
    const report = (action: string) =>
      mailOf(
        {
          'Return-Path': '<>',
          'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
        },
        `--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: ${action}\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: ${id}\r\n\r\n--b--`,
      );
    // Neither a word of a delay nor of an absence says that nobody got the number.
    mailbox.deliver(report('delayed'));
    mailbox.deliver(mailOf({ 'Auto-Submitted': 'auto-replied', 'In-Reply-To': id }, 'I am away.'));
    expect(await visit()).toMatchObject({ lodged: 0, notTaken: 2 });
    expect(await statusOf(full)).toBe('SENT');
    mailbox.deliver(report('failed'));
    expect(await visit()).toMatchObject({ lodged: 0, notTaken: 1 });
    expect([await statusOf(typo), await statusOf(nobody), await statusOf(full)]).toEqual([
      'REFUSED',
      'NOT-SENT',
      'RETURNED',
    ]);
    const { toHandOver } = (await house.get(LookAtMailbox).run(intake))!;
    expect(toHandOver.map(({ reference }) => reference)).toEqual(
      expect.arrayContaining([typo.reference, nobody.reference, full.reference]),
    );
    const { receipt } = await house.get(TakeStep).run({
      reference: nobody.reference,
      step: 'issue-receipt',
      visitor: intake,
      answers: {},
    });
    expect(await statusOf(nobody)).toBe('BY-STAFF');
    expect((await open(receipt!.receipt)).opened.taken!.reference).toBe(nobody.reference);
    expect(await sentNow()).toEqual([]);
  });

  describe('a reply to our mail', () => {
    let row: Case;
    let receipt: string;
    let id: string;
    let holder: Visitor & { kind: 'rightsholder' };

    beforeAll(async () => {
      mailbox.deliver(mailOf({ From: 'reply@elsewhere.example', 'Content-Language': 'ar' }, 'First.'));
      await visit();
      row = await newest();
      later();
      const mail = (await sentNow()).find(({ to }) => to[0] === 'reply@elsewhere.example')!;
      receipt = receiptIn(mail.raw);
      expect(normaliseReceipt(`\u2066${receipt}\u2069`)).toBe(normaliseReceipt(receipt));
      id = headerOf(mail.raw, 'Message-ID')!;
    });

    it('is a message of the case whose sender nobody knows, without the number that it quotes', async () => {
      const quoted = receipt.replace(/^(\d{5} \d{5}) /, '$1\n> ');
      const headers = { ...MIXED, From: 'somebody@elsewhere.example', 'In-Reply-To': id, Subject: 'Re' };
      const before = [(await cases()).length, outbox.sent.length];
      mailbox.deliver(
        mailOf(
          headers,
          withFiles(`One thing more. ${PLANT}\n> ${quoted}\n${AREAS}`, [
            ['more.txt', 'x'],
            ['nil.txt', ''],
          ]),
        ),
      );
      expect(await visit()).toMatchObject({ lodged: 0, messages: 1 });
      const view = await viewOf(row);
      expect(view.messages).toMatchObject([
        { n: 1, fromRole: 'RH', cameBy: 'email' },
        { n: 2, fromRole: 'SYS', cameBy: null },
      ]);
      expect(view.messages[0]!.text).toContain(`One thing more. ${PLANT}`);
      expect(view.messages[0]!.text).toContain(`[…]\n${AREAS}`);
      for (const group of receipt.split(' ')) expect(JSON.stringify(view)).not.toContain(group);
      expect(view.evidence).toMatchObject([{ n: 1, fileName: 'more.txt' }]);
      expect([(await cases()).length, (await sentNow()).length + outbox.sent.length]).toEqual(before);
      holder = (await open(receipt)).visitor;
      await house.get(EvidenceFiles).open(holder, 1);
      expect(await house.get(Messages).list(holder)).toMatchObject([{ cameBy: 'email' }, {}]);
      expect((await house.verify()).differences).toEqual([]);
    });

    it('is made once, and a day has a most of them', async () => {
      const reply = (n: number) => mailOf({ References: `<x@y> ${id}`, Subject: '' }, `Reply ${n}`);
      mailbox.deliver(reply(0));
      mailbox.breakOffAt('UID STORE');
      await expect(visit()).rejects.toThrow();
      for (let n = 1; n < 21; n += 1) mailbox.deliver(reply(n));
      expect(await visit()).toMatchObject({ messages: 18, notTaken: 2 });
    });

    it('to a case that was erased is a complaint of its own, and nothing ties it to the old one', async () => {
      const steps = house.get(TakeStep);
      await steps.run({ visitor: holder, step: 'withdraw', answers: {} });
      await steps.run({ visitor: holder, step: 'request-erasure', answers: { erasureScope: 'CASE' } });
      await house.get(EraseOnRequest).run(await house.officer('DPO'), row.reference);
      expect(await house.source.getRepository(MailAnswer).countBy({ caseId: row.id })).toBe(0);
      house.time.addDays(1);
      mailbox.deliver(mailOf({ 'In-Reply-To': id, From: 'after@elsewhere.example' }, 'Are you there?'));
      expect(await visit()).toMatchObject({ lodged: 1, messages: 0 });
      expect((await house.verify()).differences).toEqual([]);
    });
  });

  it('are only marked where the server would delete what others marked, and never read again', async () => {
    const simple = await TestMailbox.start({ plugins: ['ID'] });
    const marked = mailOf({ From: 'old@elsewhere.example' }, 'Somebody marked this.');
    const [taken, empty] = [
      mailOf({ From: 'new@elsewhere.example' }, 'Take this.'),
      mailOf({ Subject: '' }, ''),
    ];
    simple.deliver(marked, undefined, ['\\Deleted']);
    simple.deliver(taken);
    simple.deliver(empty);
    const { dataDir } = house.get(Settings);
    const settings = new MailSettings(simple.settings(dataDir), null);
    const read = new ReadMailbox(
      new Post(new Mailbox(settings.mailIn!), null),
      house.get(TakeMail),
      house.get(Transactions),
      settings,
      house.get(Settings),
      house.time,
      house.get(Log),
    );
    expect(await read.run()).toEqual({ lodged: 1, messages: 0, notTaken: 1, left: 0 });
    expect(await read.run()).toEqual({ lodged: 0, messages: 0, notTaken: 0, left: 0 });
    expect(simple.markedIn('INBOX')).toEqual([marked, taken, empty]);
    expect(simple.in('Not taken')).toEqual([empty]);
    await simple.goAway();
  });

  it('leave nothing that can be read: not in files, not in columns, not in a log, not in what was sent', async () => {
    await house.integrate();
    const looks = [
      PLANT,
      PLANT.toLowerCase(),
      'rosa@elsewhere',
      'often@elsewhere',
      '203.0.113.77',
      'Pocketmail',
    ].flatMap((text) => [
      Buffer.from(text),
      Buffer.from(text, 'utf16le'),
      Buffer.from(Buffer.from(text).toString('hex')),
    ]);
    const found = (bytes: Buffer) => looks.filter((look) => bytes.includes(look)).map(String);
    const files = readdirSync(house.database.dataDir, { recursive: true, withFileTypes: true });
    for (const file of files.filter((each) => each.isFile()))
      expect(found(readFileSync(join(file.parentPath, file.name)))).toEqual([]);
    for (const { tableName } of house.source.entityMetadatas)
      expect([
        tableName,
        found(Buffer.from(JSON.stringify(await house.source.query(`SELECT * FROM "${tableName}"`)))),
      ]).toEqual([tableName, []]);
    expect(found(Buffer.from(lines.join()))).toEqual([]);
    for (const { raw } of outbox.sent)
      expect(found(Buffer.from(raw + textOf(raw).body)).filter((look) => !look.includes('@'))).toEqual([]);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('are forgotten as mails some weeks after they were last in the mailbox', async () => {
    const seen = () => house.source.getRepository(TakenMail).count();
    expect(await seen()).toBeGreaterThan(20);
    house.time.addDays(31);
    await visit();
    expect(await seen()).toBe(0);
  });
});
