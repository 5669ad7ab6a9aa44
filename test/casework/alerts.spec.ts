import 'reflect-metadata';
import { Alerts } from '../../src/casework/alerts/alerts';
import { SendAlerts } from '../../src/casework/alerts/send-alerts';
import { Lodge } from '../../src/casework/intake/lodge';
import { OpenCase } from '../../src/casework/intake/open-case';
import { Messages } from '../../src/casework/messages';
import { MailSettings } from '../../src/mail/mail-settings';
import { Post } from '../../src/mail/post';
import { Sessions } from '../../src/people/sessions';
import type { Visitor } from '../../src/people/visitor';
import { Log } from '../../src/platform/log';
import { Settings } from '../../src/platform/settings';
import { Alert } from '../../src/records/entities/alert';
import { DataKey } from '../../src/records/entities/data-key';
import { Notice } from '../../src/records/entities/notice';
import { Transactions } from '../../src/records/transactions';
import { Vault } from '../../src/vault/vault';
import { say } from '../../src/words/words';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { TestMailbox, TestOutbox, textOf } from '../harness/mail-servers';

type Holder = Visitor & { kind: 'rightsholder' };

const PLANT = 'xAlertQz';

describe.each(engines())('an alert of what is new on %s', (engine) => {
  let mailbox: TestMailbox;
  let outbox: TestOutbox;
  let house: House;
  let intake: Visitor & { kind: 'officer' };
  let holder: Holder;
  let reference: string;
  let address: string;
  let n = 0;

  beforeAll(async () => {
    mailbox = await TestMailbox.start();
    outbox = await TestOutbox.start();
    const settings = (dir: string) => new MailSettings(mailbox.settings(dir), outbox.settings());
    house = await House.open(engine, () => undefined, settings);
    intake = await house.officer('INT');
  });
  beforeEach(async () => {
    const form = { narrative: `It refused me. ${PLANT}`, language: 'de' };
    const lodged = await house.get(Lodge).run(form, { role: 'RH' });
    const { token } = await house.get(OpenCase).byReceipt(lodged.receipt, 'page');
    holder = (await house.get(Sessions).resolve(token))!.visitor as Holder;
    reference = lodged.reference;
    address = `rosa${(n += 1)}@elsewhere.example`;
    await house.get(Alerts).set(holder, address);
  });
  afterEach(() => house.get(Alerts).end(holder));
  afterAll(async () => {
    await house.close();
    await mailbox.goAway();
    await outbox.goAway();
  });

  const round = () => house.get(SendAlerts).run();
  const write = () => house.get(Messages).write(intake, `Please look. ${PLANT}`, reference);
  const hours = (count: number) =>
    house.time.goTo(new Date(house.time.now().getTime() + count * 3_600_000).toISOString());
  const toHer = () => outbox.sent.filter(({ to }) => to.includes(address));
  const row = () => house.source.getRepository(Alert).findOneByOrFail({ partyId: holder.partyId });
  /** One round draws the hour, the other comes after the latest. */
  const allOut = async () => {
    await round();
    hours(8);
    await round();
  };

  it('comes hours later, once until she looks, and says nothing of the case', async () => {
    await allOut();
    expect(toHer()).toEqual([]);
    await write();
    await round();
    hours(0.99);
    await round();
    expect(toHer()).toEqual([]);
    hours(7.1);
    await round();
    expect(toHer()).toHaveLength(1);
    const { raw } = toHer()[0]!;
    const { head, body } = textOf(raw);
    expect(body.replaceAll('\r\n', '\n').trim()).toBe(say('de', 'mail.alert.body'));
    for (const part of [
      reference,
      PLANT,
      house.get(Settings).organisation,
      house.get(Settings).publicUrl,
      'http',
    ])
      expect(head + body).not.toContain(part);
    await write();
    house.time.addDays(2);
    await allOut();
    expect(toHer()).toHaveLength(1);
    await house.get(Alerts).opened(holder);
    await allOut();
    expect(toHer()).toHaveLength(1);
    await write();
    await allOut();
    expect(toHer()).toHaveLength(2);
    expect(JSON.stringify(await row())).not.toMatch(/\d\d:\d\d/);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('tells of no letter of danger', async () => {
    const notices = house.source.getRepository(Notice);
    await write();
    await notices.update({ caseId: holder.caseId }, { letter: 'retaliation-received' });
    await allOut();
    expect(toHer()).toEqual([]);
  });

  it('ends with its address and key when she switches it off', async () => {
    const keys = house.source.getRepository(DataKey);
    const { id } = await row();
    await write();
    await round();
    await house.get(Alerts).end(holder);
    hours(8);
    await round();
    expect(toHer()).toEqual([]);
    expect(await keys.countBy({ ownerId: id })).toBe(0);
  });

  it('waits while the server is away, and is over where the address does not exist', async () => {
    await write();
    await round();
    hours(8);
    await outbox.goAway();
    expect(await round()).toBe(0);
    await outbox.comeBack();
    outbox.leavesAtMail = true;
    expect(await round()).toBe(0);
    await outbox.comeBack();
    expect((await row()).status).toBe('ON');
    await round();
    expect(toHer()).toHaveLength(1);
    await house.get(Alerts).opened(holder);
    await write();
    house.time.addDays(1);
    outbox.refused.add(address);
    await allOut();
    expect(await house.get(Alerts).view(holder)).toMatchObject({ address, refused: true });
  });

  it('is sent once by two servers, and anew on the next day where one of them stopped in the middle', async () => {
    const other = new SendAlerts(
      house.get(Post),
      house.get(Transactions),
      house.get(Vault),
      house.time,
      house.get(Log),
    );
    const both = () => Promise.all([round(), other.run()]);
    await write();
    await both();
    hours(8);
    await both();
    expect(toHer()).toHaveLength(1);
    await house.source.getRepository(Alert).update({ partyId: holder.partyId }, { status: 'SENDING' });
    await both();
    expect(toHer()).toHaveLength(1);
    house.time.addDays(1);
    await both();
    hours(8);
    await both();
    expect(toHer()).toHaveLength(2);
  });
});
