import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Mailbox } from '../../src/mail/mailbox';
import { Outgoing } from '../../src/mail/outgoing';
import { mailOf, ownCertificate, TestMailbox, TestOutbox } from '../harness/mail-servers';

const MAIL = {
  to: 'rosa@elsewhere.example',
  subject: 'x',
  text: 'y',
  id: '1@house.example',
  language: 'en',
  isAnswer: true,
};

describe('mail servers whose certificate nobody here vouches for', () => {
  let dir: string;
  let mailbox: TestMailbox;
  let outbox: TestOutbox;
  let certificatePath: string;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'mail-'));
    const certificate = await ownCertificate();
    certificatePath = join(dir, 'certificate.pem');
    writeFileSync(certificatePath, certificate.cert);
    mailbox = await TestMailbox.start({ certificate });
    mailbox.deliver(mailOf({}, 'It refused me.'));
    outbox = await TestOutbox.start(certificate);
  });
  afterAll(async () => {
    await mailbox.goAway();
    await outbox.goAway();
    rmSync(dir, { recursive: true });
  });

  const mailIn = () => {
    const settings = mailbox.settings(dir);
    return { ...settings, server: { ...settings.server, tls: 'at-once' as const } };
  };

  it('get neither password nor mail, and the log a code that says why', async () => {
    const outgoing = new Outgoing(outbox.settings('at-once'));
    expect(await outgoing.whyAway()).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(await outgoing.send(MAIL)).toBe('later');
    expect(outbox.sent).toEqual([]);
    await expect(new Mailbox(mailIn()).visit(async (open) => open.waiting())).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    expect(mailbox.signIns).toBe(0);
  });

  it('are used by a server that is told to trust them', async () => {
    const script = join(dir, 'use.ts');
    const root = join(__dirname, '../..');
    writeFileSync(
      script,
      `const { Mailbox } = require(${JSON.stringify(join(root, 'src/mail/mailbox'))});
       const { Outgoing } = require(${JSON.stringify(join(root, 'src/mail/outgoing'))});
       const outgoing = new Outgoing(${JSON.stringify(outbox.settings('at-once'))});
       (async () => {
         const waiting = await new Mailbox(${JSON.stringify(mailIn())}).visit((open) => open.waiting());
         const away = await outgoing.whyAway();
         process.stdout.write(JSON.stringify([waiting.length, away, await outgoing.send(${JSON.stringify(MAIL)})]));
       })();`,
    );
    const child = join(root, 'test/records/typescript-child.js');
    const { stdout } = await promisify(execFile)(process.execPath, ['-r', child, script], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: certificatePath },
    });
    expect(JSON.parse(stdout)).toEqual([1, null, 'sent']);
    expect(outbox.sent).toMatchObject([{ to: [MAIL.to] }]);
  });

  it('get nothing either where they offer no TLS and it is demanded', async () => {
    const open = await TestMailbox.start();
    const plain = await TestOutbox.start();
    const settings = open.settings(dir);
    const demanding = { ...settings, server: { ...settings.server, tls: 'demanded' as const } };
    await expect(new Mailbox(demanding).visit(async (box) => box.waiting())).rejects.toThrow();
    expect(open.signIns).toBe(0);
    const outgoing = new Outgoing(plain.settings('demanded'));
    expect(await outgoing.whyAway()).toBe('ETLS');
    expect(await outgoing.send(MAIL)).toBe('later');
    expect(plain.sent).toEqual([]);
    await open.goAway();
    await plain.goAway();
  });
});
