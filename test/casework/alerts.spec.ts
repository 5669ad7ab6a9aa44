import 'reflect-metadata';
import { Alerts } from '../../src/casework/alerts/alerts';
import { SendAlerts } from '../../src/casework/alerts/send-alerts';
import { Disposals } from '../../src/casework/erasure/disposals';
import { EraseOnRequest } from '../../src/casework/erasure/erase-on-request';
import { AnswerMails } from '../../src/casework/intake/mail/answer-mails';
import { ReadMailbox } from '../../src/casework/intake/mail/read-mailbox';
import { OpenCase } from '../../src/casework/intake/open-case';
import { Messages } from '../../src/casework/messages';
import { Receipts } from '../../src/casework/receipts';
import { SendCheckIns } from '../../src/casework/safety/send-check-ins';
import { AlertsJob } from '../../src/jobs/alerts.job';
import { MailSettings } from '../../src/mail/mail-settings';
import { Outgoing, type Sent } from '../../src/mail/outgoing';
import { Post } from '../../src/mail/post';
import { Sessions } from '../../src/people/sessions';
import { Log } from '../../src/platform/log';
import { Settings } from '../../src/platform/settings';
import { Alert } from '../../src/records/entities/alert';
import { Case } from '../../src/records/entities/case';
import { DataKey } from '../../src/records/entities/data-key';
import { Entry } from '../../src/records/entities/entry';
import { Notice } from '../../src/records/entities/notice';
import { Transactions } from '../../src/records/transactions';
import { Vault } from '../../src/vault/vault';
import { say } from '../../src/words/words';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { mailOf, TestMailbox, TestOutbox, textOf } from '../harness/mail-servers';
import { hireStaff, Walk, type Staff } from '../harness/walk';

type Holder = Walk['holder'];

const PLANT = 'xAlertQz';
const HOUR_MS = 3_600_000;

describe.each(engines())('an e-mail that there is something new, on %s', (engine) => {
  let mailbox: TestMailbox;
  let outbox: TestOutbox;
  let house: House;
  let staff: Staff;
  let walk: Walk;
  let address: string;
  let addresses = 0;
  const lines: string[] = [];
  const log = new Log('info', { write: (line: string) => void lines.push(line) });

  beforeAll(async () => {
    mailbox = await TestMailbox.start();
    outbox = await TestOutbox.start();
    const settings = (dir: string) => new MailSettings(mailbox.settings(dir), outbox.settings());
    house = await House.open(engine, () => undefined, settings);
    staff = await hireStaff(house);
  });
  beforeEach(async () => {
    house.time.goTo('2026-11-24T09:00:00.000Z');
    // A round takes whatever waits, of the tests before, too.
    await house.source.query(`UPDATE "alerts" SET "status" = 'REFUSED', "sentOn" = '2026-11-24'`);
    walk = await lodge();
    address = newAddress();
    await alerts().set(walk.holder, address);
  });
  afterAll(async () => {
    const { differences } = await house.verify();
    await house.close();
    await mailbox.goAway();
    await outbox.goAway();
    expect(differences).toEqual([]);
    expect(lines.join()).not.toContain('elsewhere');
  });

  const alerts = () => house.get(Alerts);
  const newAddress = () => `rosa${(addresses += 1)}@elsewhere.example`;
  const lodge = (language = 'de') => Walk.lodge(house, staff, `It refused me. ${PLANT}`, { language });
  const write = (to = walk) => house.get(Messages).write(staff.INT, `Please look. ${PLANT}`, to.reference);
  const round = () => house.get(SendAlerts).run();
  const hours = (count: number) =>
    house.time.goTo(new Date(house.time.now().getTime() + count * HOUR_MS).toISOString());
  /** What was drawn for whatever waits now is over. */
  const allOut = async (by = house.get(SendAlerts)) => {
    await by.run();
    hours(8);
    await by.run();
  };
  const sentTo = (who = address) => outbox.sent.filter(({ to }) => to.includes(who));
  const rowOf = ({ partyId }: Holder) => house.source.getRepository(Alert).findOneBy({ partyId });
  const keysOf = (ownerId: string) => house.source.getRepository(DataKey).countBy({ ownerId });
  /** Another server, or one whose mails go elsewhere. */
  const another = (outgoing: Outgoing = house.get(Post).outgoing!) =>
    new SendAlerts(new Post(null, outgoing), house.get(Transactions), house.get(Vault), house.time, log);
  /** A server of mails that is always there, and does this with each. */
  const taking = (send: () => Promise<Sent>) =>
    Object.assign(new Outgoing(outbox.settings()), { whyAway: async () => null, send });
  async function holderOf(receipt: string): Promise<Holder> {
    const { token } = await house.get(OpenCase).byReceipt(receipt, 'program');
    return (await house.get(Sessions).resolve(token))!.visitor as Holder;
  }

  it('comes hours later, once until she looks, at most once a day', async () => {
    await allOut();
    expect(sentTo()).toEqual([]);
    await write();
    await round();
    hours(0.99);
    await round();
    expect(sentTo()).toEqual([]);
    hours(7.01);
    await round();
    expect(sentTo()).toHaveLength(1);
    await write();
    house.time.addDays(2);
    await allOut();
    expect(sentTo()).toHaveLength(1);
    await alerts().opened(walk.holder);
    await allOut();
    expect(sentTo()).toHaveLength(1);
    house.time.goTo('2026-11-28T00:10:00.000Z');
    await write();
    await allOut();
    expect(sentTo()).toHaveLength(2);
    await alerts().opened(walk.holder);
    await write();
    await allOut();
    expect(sentTo()).toHaveLength(2);
    house.time.goTo('2026-11-29T00:10:00.000Z');
    await allOut();
    expect(sentTo()).toHaveLength(3);
    walk = await walk.comeBack();
    const next = newAddress();
    await alerts().set(walk.holder, next);
    await write();
    await allOut();
    expect(sentTo(next)).toEqual([]);
    house.time.goTo('2026-11-30T00:10:00.000Z');
    await allOut();
    expect(sentTo(next)).toHaveLength(1);
  });

  it('comes at a time that chance draws, anew after each start', async () => {
    await write();
    let due = 0;
    const away = Object.assign(new Outgoing(outbox.settings()), {
      whyAway: async () => ((due += 1), 'AWAY'),
    });
    const starts = Array.from({ length: 60 }, () => another(away));
    for (const each of starts) await each.run();
    expect(due).toBe(0);
    hours(4.5);
    for (const each of starts) await each.run();
    // That all 60 fall on one side of the middle, or on the same moment, nobody will see.
    expect(due).toBeGreaterThan(0);
    expect(due).toBeLessThan(starts.length);
    hours(3.5);
    due = 0;
    for (const each of starts) await each.run();
    expect(due).toBe(starts.length);
  });

  it('says nothing of the case, to nobody who reads it on its way', async () => {
    await write();
    await allOut();
    const { raw, from } = sentTo()[0]!;
    const { head, body } = textOf(raw);
    expect(from).toBe('post@house.example');
    expect(body.replaceAll('\r\n', '\n').trim()).toBe(say('de', 'mail.alert.body'));
    expect(
      head
        .replaceAll(/\r\n\s+/g, ' ')
        .match(/^[\w-]+(?=:)/gm)!
        .sort(),
    ).toEqual([
      'Auto-Submitted',
      'Content-Language',
      'Content-Transfer-Encoding',
      'Content-Type',
      'Date',
      'From',
      'MIME-Version',
      'Message-ID',
      'Subject',
      'To',
      'X-Auto-Response-Suppress',
    ]);
    expect(head).toMatch(/^From: post@house\.example\r?$/m);
    expect(head).toMatch(/^Auto-Submitted: auto-generated\r?$/m);
    expect(head).toMatch(new RegExp(`^To: ${address}\\r?$`, 'm'));
    expect(head).toMatch(/^Message-ID: <[0-9a-f-]{36}@house\.example>\r?$/m);
    const { organisation, publicUrl } = house.get(Settings);
    const told = [walk.reference, walk.receipt, PLANT, organisation, publicUrl, walk.holder.caseId];
    for (const part of [...told, walk.holder.partyId, '://', 'localhost'])
      for (const text of [raw, head, body]) expect(text).not.toContain(part);
  });

  it('is in the language of the case, and in English where that is not spoken here', async () => {
    for (const [language, spoken] of [
      ['ar', 'ar'],
      ['pl', 'en'],
    ] as const) {
      const other = await lodge(language);
      const theirs = newAddress();
      await alerts().set(other.holder, theirs);
      await write(other);
      await allOut();
      const { head, body } = textOf(sentTo(theirs)[0]!.raw);
      expect(body.replaceAll('\r\n', '\n').trim()).toBe(say(spoken, 'mail.alert.body'));
      expect(head).toContain(`Content-Language: ${spoken}`);
    }
  });

  it('is not sent for danger that she reported, nor to ask whether she is safe, nor for what is written to staff', async () => {
    await walk.by('RH', 'report-retaliation', { threat: 'My shifts were cut.' });
    await walk.by('RH', 'plan-check-ins', { checkInEvery: '14' });
    house.time.addDays(14);
    expect(await house.get(SendCheckIns).run()).toBe(1);
    const notices = house.source.getRepository(Notice);
    const [hers] = await notices.findBy({ caseId: walk.holder.caseId, letter: 'check-in' });
    const theirs = { ...hers!, id: hers!.caseId, letter: 'late-alert', forRole: 'TRI' };
    await notices.insert(theirs);
    await allOut();
    expect(sentTo()).toEqual([]);
    await notices.delete({ id: theirs.id });
    await write();
    await allOut();
    expect(sentTo()).toHaveLength(1);
  });

  it('is each holder’s own: a companion has theirs, and it ends with their receipt', async () => {
    const added = await house.get(Receipts).add(walk.holder, 'SUPPORTER');
    const companion = await holderOf(added.receipt);
    const theirs = newAddress();
    await alerts().set(companion, theirs);
    expect(await alerts().view(companion)).toMatchObject({ address: theirs });
    expect(await alerts().view(walk.holder)).toMatchObject({ address });
    await write();
    await allOut();
    expect([sentTo().length, sentTo(theirs).length]).toEqual([1, 1]);
    const { id } = (await rowOf(companion))!;
    await house.get(Receipts).end(walk.holder, companion.partyId);
    expect([await rowOf(companion), await keysOf(id)]).toEqual([null, 0]);
    expect(await alerts().view(walk.holder)).toMatchObject({ address });
  });

  it('stays on when she replaces her receipt', async () => {
    walk = await walk.comeBack();
    await house.get(Receipts).replace(walk.holder);
    await write();
    await allOut();
    expect(sentTo()).toHaveLength(1);
  });

  it('ends with its address and key when she switches it off, and goes to a new address alone', async () => {
    const { id } = (await rowOf(walk.holder))!;
    const other = newAddress();
    await write();
    await round();
    await alerts().set(walk.holder, other);
    expect(await keysOf(id)).toBe(0);
    await write();
    await allOut();
    expect([sentTo().length, sentTo(other).length]).toEqual([0, 1]);
    await alerts().opened(walk.holder);
    house.time.addDays(1);
    await write();
    await round();
    const now = (await rowOf(walk.holder))!;
    walk = await walk.comeBack();
    await alerts().end(walk.holder);
    await alerts().end(walk.holder);
    await allOut();
    expect(sentTo(other)).toHaveLength(1);
    expect([await rowOf(walk.holder), await keysOf(now.id)]).toEqual([null, 0]);
    const { ledgerId } = await house.source.getRepository(Case).findOneByOrFail({ id: walk.holder.caseId });
    const entries = await house.source.getRepository(Entry).findBy({ ledgerId });
    const bodies = entries.map(({ body }) => body);
    expect(bodies.filter((body) => body.includes('"act":"set-alert"'))).toHaveLength(2);
    expect(bodies.filter((body) => body.includes('"act":"end-alert"'))).toHaveLength(1);
    expect(bodies.join()).not.toContain('elsewhere.example');
  });

  it('waits while the server is away, and is over where the address does not exist', async () => {
    await write();
    await round();
    const server = another();
    await server.run();
    hours(8);
    await outbox.goAway();
    expect(await server.run()).toBe(0);
    expect(lines.join()).toContain('the server that sends e-mails cannot be used');
    await outbox.comeBack();
    outbox.leavesAtMail = true;
    expect(await round()).toBe(0);
    await outbox.comeBack();
    expect(await rowOf(walk.holder)).toMatchObject({ status: 'ON', sentOn: null });
    await allOut();
    expect(sentTo()).toHaveLength(1);
    await alerts().opened(walk.holder);
    await write();
    house.time.addDays(1);
    outbox.refused.add(address);
    await allOut();
    expect(await alerts().view(walk.holder)).toMatchObject({ address, refused: true });
    outbox.refused.delete(address);
    await alerts().opened(walk.holder);
    await write();
    house.time.addDays(1);
    await allOut();
    expect(sentTo()).toHaveLength(1);
    walk = await walk.comeBack();
    await alerts().set(walk.holder, address);
    expect(await alerts().view(walk.holder)).toMatchObject({ address, refused: false });
  });

  it('is found behind however many that have nothing new', async () => {
    const own = house.source.getRepository(Alert);
    const row = (await rowOf(walk.holder))!;
    const quiet = Array.from({ length: 1100 }, (_, n) => {
      const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
      return { ...row, id, partyId: id, seenRevision: 1000 };
    });
    for (let from = 0; from < quiet.length; from += 100) await own.insert(quiet.slice(from, from + 100));
    await write();
    await allOut();
    expect(sentTo()).toHaveLength(1);
    await own.delete(quiet.map(({ id }) => id));
  });

  it('is kept back by no other one that fails', async () => {
    const other = await lodge();
    const theirs = newAddress();
    await alerts().set(other.holder, theirs);
    const rows = [(await rowOf(walk.holder))!, (await rowOf(other.holder))!];
    const [first, second] = rows.sort((a, b) => (a.id < b.id ? -1 : 1));
    const good = second!.partyId === walk.holder.partyId ? address : theirs;
    for (const each of [walk, other]) await write(each);
    const { addressSealed } = second!;
    await house.source.getRepository(Alert).update({ id: first!.id }, { addressSealed });
    const server = another();
    await server.run();
    hours(8);
    await new AlertsJob(server, log).run();
    expect(sentTo(good)).toHaveLength(1);
    expect(lines.join()).toContain('alerts will be tried again');
  });

  it('is sent once by two servers, and anew on the next day where one of them stopped in the middle', async () => {
    const other = another();
    const both = () => Promise.all([round(), other.run()]);
    await write();
    await both();
    hours(8);
    await both();
    expect(sentTo()).toHaveLength(1);
    await alerts().opened(walk.holder);
    house.time.addDays(1);
    await write();
    const killed = another(taking(() => Promise.reject(new Error('killed'))));
    await killed.run();
    hours(8);
    await expect(killed.run()).rejects.toThrow('killed');
    hours(1);
    await both();
    expect(sentTo()).toHaveLength(1);
    house.time.goTo('2026-11-27T00:10:00.000Z');
    await both();
    hours(8);
    await both();
    expect(sentTo()).toHaveLength(2);
  });

  it('waits no month for a clock that ran ahead and was put right, and nobody who verifies is told of a wrong', async () => {
    house.time.goTo('2026-12-24T09:00:00.000Z');
    await write();
    await allOut();
    expect(sentTo()).toHaveLength(1);
    await alerts().opened(walk.holder);
    await write();
    await round();
    house.time.goTo('2026-11-24T10:00:00.000Z');
    const ofAlerts = (await house.verify()).differences.filter(({ table }) => table === 'alerts');
    expect(ofAlerts).toEqual([]);
    await allOut();
    expect(sentTo()).toHaveLength(2);
  });

  it('of several that servers begin at once, each is sent once, also where an earlier day left it in the middle', async () => {
    const walks = await Promise.all(Array.from({ length: 6 }, () => lodge()));
    const theirs = walks.map(() => newAddress());
    for (const [n, each] of walks.entries()) await alerts().set(each.holder, theirs[n]!);
    for (const each of walks) await write(each);
    const own = house.source.getRepository(Alert);
    for (const { holder } of walks.slice(3))
      await own.update({ partyId: holder.partyId }, { status: 'SENDING', sentOn: '2026-11-23' });
    const servers = Array.from({ length: 4 }, () => another());
    await Promise.all(servers.map((each) => each.run()));
    hours(8);
    await Promise.all(servers.map((each) => each.run()));
    expect(theirs.map((each) => sentTo(each).length)).toEqual(theirs.map(() => 1));
  });

  it('that she looks while it is under way makes it no less her last one, and what comes meanwhile is not lost', async () => {
    await write();
    const server = another(
      taking(async () => {
        await alerts().opened(walk.holder);
        await write();
        return 'sent';
      }),
    );
    await allOut(server);
    expect(await rowOf(walk.holder)).toMatchObject({ status: 'ON', sentOn: '2026-11-24' });
    await allOut();
    expect(sentTo()).toEqual([]);
    house.time.goTo('2026-11-25T09:10:00.000Z');
    await allOut();
    expect(sentTo()).toHaveLength(1);
  });

  it('is not claimed once she looked', async () => {
    await write();
    const waiting = another(
      Object.assign(
        taking(async () => 'sent'),
        {
          whyAway: async () => {
            await alerts().opened(walk.holder);
            return null;
          },
        },
      ),
    );
    await waiting.run();
    hours(8);
    expect(await waiting.run()).toBe(0);
    expect(await rowOf(walk.holder)).toMatchObject({ status: 'ON', sentOn: null });
  });

  it.each(['PERSON', 'CASE'])(
    'goes with its address and key when she has the %s erased',
    async (erasureScope) => {
      const { id } = (await rowOf(walk.holder))!;
      await write();
      await round();
      await walk.by('DEC', 'release-hold', { holdNumber: 1, reasons: 'The logs are copied.' });
      await walk.by('RH', 'withdraw', { withdrawalPressure: false });
      await walk.by('RH', 'request-erasure', { erasureScope });
      expect(await rowOf(walk.holder)).not.toBeNull();
      await house.get(EraseOnRequest).run(staff.DPO, walk.reference);
      expect([await rowOf(walk.holder), await keysOf(id)]).toEqual([null, 0]);
      await allOut();
      expect(sentTo()).toEqual([]);
    },
  );

  it('stays on when she withdraws, and goes when names and contacts are due, alone or with them', async () => {
    const { id } = (await rowOf(walk.holder))!;
    const nameless = await Walk.lodge(house, staff, `It refused me. ${PLANT}`, { contact: undefined });
    const theirs = newAddress();
    await alerts().set(nameless.holder, theirs);
    const both = [walk, nameless];
    for (const each of both) {
      await each.by('DEC', 'release-hold', { holdNumber: 1, reasons: 'The logs are copied.' });
      await each.by('RH', 'withdraw', { withdrawalPressure: false });
    }
    await allOut();
    expect([sentTo().length, sentTo(theirs).length]).toEqual([1, 1]);
    house.time.addDays(3 * 366);
    const disposals = house.get(Disposals);
    const batch = await disposals.propose(staff.DPO, {
      schedule: 'RS-IDENTITY',
      reason: 'Three years are over.',
      references: both.map(({ reference }) => reference),
    });
    await disposals.settle(staff.DEC, batch.id, true);
    for (const { holder } of both) expect(await rowOf(holder)).toBeNull();
    expect(await keysOf(id)).toBe(0);
  });

  it('comes once to a mailbox that several have named: of one case, and of cases that are joined', async () => {
    const into = await lodge();
    const added = await house.get(Receipts).add(walk.holder, 'SUPPORTER');
    const companion = await holderOf(added.receipt);
    const theirs = newAddress();
    await alerts().set(companion, address.toUpperCase());
    await alerts().set(into.holder, address);
    await walk.by('INT', 'acknowledge', {
      noConflict: true,
      safeChannelChosen: true,
      jurisdiction: 'OTHER',
      isDataRightsRequest: false,
      reporterIsWorker: false,
      concernsListedLaw: false,
    });
    await walk.by('TRI', 'link-case', { otherCase: into.reference, linkType: 'DUPLICATE' });
    const reasons = 'Both tell of the same letter.';
    await walk.by('TRI', 'close-merged', { otherCase: into.reference, reasons });
    for (const each of [into, walk]) await each.assign('DEC', 'DEC');
    await walk.by('DEC', 'close-merged', {}, true);
    await write(into);
    const third = await holderOf((await house.get(Receipts).add(into.holder, 'SUPPORTER')).receipt);
    await alerts().set(third, theirs);
    await write(into);
    await allOut();
    const count = () => outbox.sent.filter(({ to }) => to[0]!.toLowerCase() === address).length;
    expect([count(), sentTo(theirs).length]).toEqual([1, 1]);
    house.time.addDays(1);
    await allOut();
    expect(count()).toBe(1);
    // Whoever was told has looked: what the others have not read yet is told in its turn.
    for (const each of [walk.holder, companion, into.holder])
      if ((await rowOf(each))!.status === 'SENT') await alerts().opened(each);
    house.time.addDays(1);
    await allOut();
    expect(count()).toBe(2);
  });

  it('tells nothing to whoever answers it: what comes back is no complaint, and gets no answer that says where this is', async () => {
    await write();
    await allOut();
    const [id] = /<.+>/.exec(/^Message-ID: .*$/m.exec(sentTo()[0]!.raw)![0])!;
    expect(id).toMatch(
      /^<[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}@house\.example>$/,
    );
    const visit = () => house.get(ReadMailbox).run();
    const from = { From: address, 'Return-Path': `<${address}>` };
    mailbox.deliver(mailOf({ ...from, 'In-Reply-To': id.toUpperCase() }, 'Who are you?'));
    mailbox.deliver(mailOf({ ...from, References: `<a@b.example> ${id}` }, 'What is new?'));
    expect(await visit()).toMatchObject({ lodged: 0, messages: 0, notTaken: 2 });
    expect(await house.get(AnswerMails).run(() => true)).toBe(0);
    const strange = id.replace(/..@/, id.includes('00@') ? '11@' : '00@');
    mailbox.deliver(mailOf({ ...from, 'In-Reply-To': strange }, 'It refused me.'));
    expect(await visit()).toMatchObject({ lodged: 1, notTaken: 0 });
  });

  it('is kept from nobody who looked by somebody else of the same mailbox who never does', async () => {
    const added = await house.get(Receipts).add(walk.holder, 'SUPPORTER');
    const companion = await holderOf(added.receipt);
    await alerts().set(companion, address);
    await alerts().opened(walk.holder);
    await write();
    // Of the two, the companion is told, and never looks.
    const { partyId } = walk.holder;
    await house.source.getRepository(Alert).update({ partyId }, { status: 'REFUSED' });
    await allOut();
    await house.source.getRepository(Alert).update({ partyId }, { status: 'ON' });
    expect([sentTo().length, (await rowOf(companion))!.status]).toEqual([1, 'SENT']);
    house.time.addDays(1);
    await allOut();
    expect(sentTo()).toHaveLength(1);
    await alerts().opened(walk.holder);
    await write();
    await allOut();
    expect(sentTo()).toHaveLength(2);
    await write();
    house.time.addDays(2);
    await allOut();
    expect(sentTo()).toHaveLength(2);
  });

  it.each([
    ['is taken away', `DELETE FROM "alerts" WHERE "partyId" = :party`],
    ['loses its key', `DELETE FROM "data_keys" WHERE "ownerId" = :id`],
    ['counts everything as seen', `UPDATE "alerts" SET "seenRevision" = 1000 WHERE "id" = :id`],
    ['was sent on no day', `UPDATE "alerts" SET "status" = 'SENT' WHERE "id" = :id`],
    ['is refused without a try', `UPDATE "alerts" SET "status" = 'REFUSED' WHERE "id" = :id`],
    ['has no such status', `UPDATE "alerts" SET "status" = 'OFF' WHERE "id" = :id`],
    ['is of another case', `UPDATE "alerts" SET "caseId" = :other WHERE "id" = :id`],
    ['is of another person', `UPDATE "alerts" SET "partyId" = :otherParty WHERE "id" = :id`],
  ])('is reported to whoever verifies where it %s behind our back', async (_what, sql) => {
    const other = await lodge();
    const { caseId, partyId } = other.holder;
    const row = (await rowOf(walk.holder))!;
    const keys = await house.source.getRepository(DataKey).findBy({ ownerId: row.id });
    const differences = async () =>
      (await house.verify()).differences.filter(({ table }) => table === 'alerts');
    const before = (await differences()).length;
    const values = { party: row.partyId, id: row.id, other: caseId, otherParty: partyId };
    await house.source.query(
      Object.entries(values).reduce(
        (text, [name, value]) => text.replace(new RegExp(`:${name}\\b`), `'${value}'`),
        sql,
      ),
    );
    expect((await differences()).length).toBeGreaterThan(before);
    await house.source.getRepository(Alert).save(row);
    await house.source.getRepository(DataKey).save(keys);
    expect(await differences()).toHaveLength(before);
  });

  it('keeps no time of day of hers, and no word that opens the address', async () => {
    await write();
    await allOut();
    await alerts().opened(walk.holder);
    const row = (await rowOf(walk.holder))!;
    expect(Object.keys(row).sort()).toEqual([
      'addressSealed',
      'caseId',
      'id',
      'partyId',
      'seenRevision',
      'sentOn',
      'status',
    ]);
    expect(row.sentOn).toBe('2026-11-24');
    expect(JSON.stringify(row)).not.toMatch(/\d\d:\d\d|elsewhere/);
  });
});
