import type { Day } from '../platform/time';
import { readPassword, type MailIn } from './mail-settings';

/** A mail that lies in the folder, before it is read. */
export interface WaitingMail {
  /** Its number in the folder, for as long as the visit lasts. */
  uid: number;
  sizeInBytes: number;
  /** The day (UTC) on which the mail server took it. */
  arrivedOn: Day;
}

/** The folder of complaints while a connection lasts. Every question throws where the server does not answer. */
export interface OpenMailbox {
  /** The oldest, at most `MOST_AT_ONCE`, read or unread. */
  waiting(): Promise<WaitingMail[]>;
  /** Its bytes; null where it is not there any more. Leaves it as it is. */
  read(uid: number): Promise<Buffer | null>;
  /** Deletes or moves a mail that was taken, or moves one that a person has to look at. */
  putAway(uid: number, as: 'done' | 'not-taken'): Promise<void>;
  /** How many mails are in the folder, and how many in that of those not taken. */
  count(): Promise<{ left: number; notTaken: number }>;
}

/** Mails that are looked at in one visit. */
export const MOST_AT_ONCE = 200;

const TIMEOUTS = { connectionTimeout: 30_000, greetingTimeout: 20_000, socketTimeout: 120_000 };

/** The mailbox that complaints arrive at, through IMAP. */
export class Mailbox {
  constructor(private readonly settings: MailIn) {}

  /** Connects, lets `work` use the folder, and leaves. Throws where the server is away or refuses; whatever was put away until then is. */
  async visit<T>(work: (open: OpenMailbox) => Promise<T>): Promise<T> {
    const { ImapFlow } = await import('imapflow');
    const { server, folder, doneFolder, notTakenFolder } = this.settings;
    const client = new ImapFlow({
      host: server.host,
      port: server.port,
      secure: server.tls === 'at-once',
      ...(server.tls === 'demanded' ? { doSTARTTLS: true } : {}),
      auth: { user: server.user!, pass: readPassword(server.passwordFile!) },
      // Servers repeat texts and addresses: nothing of what passes is logged.
      logger: false,
      disableAutoIdle: true,
      ...TIMEOUTS,
    });
    // An error between two questions; the next one fails with it.
    client.on('error', () => undefined);
    const present = new Set<string>();
    const ensure = async (path: string) => {
      if (present.size === 0) for (const each of await client.list()) present.add(each.path);
      // One that is there under the prefix of a namespace is made once more, which servers refuse; then the move tells.
      if (!present.has(path)) await client.mailboxCreate(path).catch(() => undefined);
      present.add(path);
    };
    /** Whether the server removes single mails. Otherwise it removes all that are marked as deleted: others' with ours, so ours are only marked. */
    const removesOne = () => client.capabilities.has('UIDPLUS');
    const remove = (uid: number) =>
      removesOne()
        ? client.messageDelete(String(uid), { uid: true })
        : client.messageFlagsAdd(String(uid), ['\\Deleted'], { uid: true });
    const move = async (uid: number, path: string) => {
      await ensure(path);
      const isMoved = client.capabilities.has('MOVE')
        ? await client.messageMove(String(uid), path, { uid: true })
        : (await client.messageCopy(String(uid), path, { uid: true })) && (await remove(uid));
      if (!isMoved) throw new Error('The mail server did not move a mail.');
    };
    /** The numbers of what lies there, oldest first; where marking is all that removes, without what is marked. */
    const there = async () => {
      await client.noop();
      return (await client.search(removesOne() ? { all: true } : { deleted: false }, { uid: true })) || [];
    };
    try {
      await client.connect();
      await client.mailboxOpen(folder);
      return await work({
        waiting: async () => {
          const uids = (await there()).slice(0, MOST_AT_ONCE);
          if (uids.length === 0) return [];
          const asked = { uid: true, size: true, internalDate: true };
          const found = await client.fetchAll(uids.join(','), asked, { uid: true });
          return found.map(({ uid, size, internalDate }) => ({
            uid,
            sizeInBytes: size ?? 0,
            arrivedOn: dayOf(internalDate),
          }));
        },
        read: async (uid) => {
          const found = await client.fetchOne(String(uid), { source: true }, { uid: true });
          return found ? (found.source ?? null) : null;
        },
        putAway: async (uid, as) => {
          if (as === 'not-taken') return move(uid, notTakenFolder);
          if (doneFolder !== null) return move(uid, doneFolder);
          if (!(await remove(uid))) throw new Error('The mail server did not delete a mail.');
        },
        count: async () => {
          await ensure(notTakenFolder);
          const left = (await there()).length;
          const status = await client.status(notTakenFolder, { messages: true });
          return { left, notTaken: (status && status.messages) || 0 };
        },
      });
    } finally {
      await client.logout().catch(() => undefined);
      client.close();
    }
  }
}

function dayOf(date: Date | string | undefined): Day {
  const at = date === undefined ? NaN : new Date(date).getTime();
  return Number.isNaN(at) ? '' : new Date(at).toISOString().slice(0, 10);
}
