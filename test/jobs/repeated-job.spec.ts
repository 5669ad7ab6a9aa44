import { setTimeout as delay } from 'node:timers/promises';
import { RepeatedJob } from '../../src/jobs/repeated-job';

class Job extends RepeatedJob {
  begun = 0;
  ended = 0;
  end = () => {};

  constructor() {
    super(5);
  }

  async run(): Promise<void> {
    this.begun += 1;
    await new Promise<void>((resolve) => (this.end = resolve));
    this.ended += 1;
  }

  async hasBegun(runs: number): Promise<void> {
    while (this.begun < runs) await delay(1);
  }
}

describe('a repeated job', () => {
  it('runs at the start, and again, one run after the other', async () => {
    const job = new Job();
    job.start();
    for (let run = 1; run <= 3; run++) {
      await job.hasBegun(run);
      await delay(20);
      expect([job.begun, job.ended]).toEqual([run, run - 1]);
      job.end();
    }
    await job.hasBegun(4);
    job.end();
    await job.onApplicationShutdown();
  });

  it('that is stopped ends the run that has begun, and begins no other', async () => {
    const job = new Job();
    job.start();
    await job.hasBegun(1);
    await delay(20);
    const stopped = job.onApplicationShutdown();
    expect(job.ended).toBe(0);
    job.end();
    await stopped;
    await delay(20);
    expect([job.begun, job.ended]).toEqual([1, 1]);
  });
});
