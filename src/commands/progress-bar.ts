const BAR_WIDTH = 30;

/** A bar that is drawn over itself on a terminal; elsewhere a line for each tenth. */
export class ProgressBar {
  private tenth = -1;

  constructor(
    private readonly out: NodeJS.WriteStream,
    private readonly what: string,
  ) {}

  show(done: number, total: number): void {
    const part = total === 0 ? 1 : Math.min(1, done / total);
    const words = `${done} of ${total} ${this.what}`;
    const filled = Math.round(part * BAR_WIDTH);
    if (this.out.isTTY) this.out.write(`\r[${'#'.repeat(filled).padEnd(BAR_WIDTH, '.')}] ${words}`);
    else if (Math.floor(part * 10) !== this.tenth) this.out.write(`${words}\n`);
    this.tenth = Math.floor(part * 10);
  }

  end(): void {
    if (this.out.isTTY && this.tenth >= 0) this.out.write('\n');
  }
}
