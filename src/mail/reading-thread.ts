import { parentPort, workerData } from 'node:worker_threads';
import { readMail, UnreadableMail } from './read-mail';

const { raw, ownAddresses } = workerData as { raw: Uint8Array; ownAddresses: readonly string[] };

readMail(Buffer.from(raw), ownAddresses).then(
  (mail) => parentPort!.postMessage({ mail }),
  (error: unknown) => {
    // What else goes wrong is told as such; its text may hold some of the mail.
    parentPort!.postMessage({ reason: error instanceof UnreadableMail ? error.reason : 'broken' });
  },
);
