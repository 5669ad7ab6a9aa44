import { type ReadMail, UnreadableMail, type Unreadable } from './read-mail';
import { startReading } from './start-reading';

/** Reading takes some hundredths of a second; nobody's own mail takes this long. */
const LONGEST_MS = 60_000;

type Told = { mail: ReadMail } | { reason: Unreadable };

/**
 * Reads the MIME of a mail in a thread of its own, within time and memory: a stranger can write one over which a parser thinks for hours.
 * Throws `UnreadableMail` as `readMail` does, and for one that takes too long or too much.
 */
export async function readApart(
  raw: Buffer,
  ownAddresses: readonly string[],
  longestMs = LONGEST_MS,
): Promise<ReadMail> {
  const thread = startReading(raw, ownAddresses);
  let timer: NodeJS.Timeout | undefined;
  try {
    const told = await new Promise<Told>((resolve, reject) => {
      timer = setTimeout(() => reject(new UnreadableMail('too-long')), longestMs);
      thread.once('message', resolve);
      thread.once('error', () => reject(new UnreadableMail('broken')));
      thread.once('exit', () => reject(new UnreadableMail('broken')));
    });
    if ('reason' in told) throw new UnreadableMail(told.reason);
    // Bytes come out of a thread without what makes them a Buffer.
    const files = told.mail.files.map((file) => ({ ...file, content: Buffer.from(file.content) }));
    return { ...told.mail, files };
  } finally {
    clearTimeout(timer);
    await thread.terminate();
  }
}
