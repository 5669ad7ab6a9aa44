/** Some pass one Ctrl+C on twice: what follows at once is no second one. */
const ONE_MS = 1000;
/** Longer than a silent mailbox is waited for. */
const LONGEST_MS = 150_000;
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * Ends a stop that does not come to its end, since a database or a mailbox stands still: at a second signal, and after `LONGEST_MS`. What
 * was acknowledged is stored by then, and what a job had begun is done by the next start.
 */
export function endAtSecondSignal(): void {
  const end = (signal: NodeJS.Signals) => {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS)
    process.once(signal, () => {
      setTimeout(() => SIGNALS.forEach((each) => process.on(each, end)), ONE_MS).unref();
      setTimeout(end, LONGEST_MS, signal).unref();
    });
}
