import { Transform } from 'node:stream';
import { QueryFailedError } from 'typeorm';
import { ErrorFilter } from '../../src/error.filter';
import { Log } from '../../src/platform/log';

/** What the filter sends and logs for an error that nobody foresaw. */
async function answerTo(error: unknown): Promise<{
  problem: { status: number; incident: string; detail: string };
  logged: string;
}> {
  let logged = '';
  const sink = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      logged += chunk.toString();
      done();
    },
  });
  let sent = '';
  const reply = {
    sent: false,
    status: () => reply,
    type: () => reply,
    send: (body: string) => (sent = body),
  };
  const host = {
    switchToHttp: () => ({
      getRequest: () => ({ url: '/api/v1/my-case', headers: {} }),
      getResponse: () => reply,
    }),
  };
  await new ErrorFilter(new Log('info', sink), null as never).catch(error, host as never);
  return { problem: JSON.parse(sent) as never, logged };
}

describe('an error that nobody foresaw', () => {
  it('is told by a random number only, and stands under that number in the log', async () => {
    const { problem, logged } = await answerTo(new TypeError('x is not a function'));
    expect(problem.status).toBe(500);
    expect(problem.incident).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.stringify(problem)).not.toContain('not a function');
    expect(logged).toContain(problem.incident);
    expect(logged).toContain('unexpected-errors.spec');
  });

  it('leaves out of the log what a database quotes of a row', async () => {
    const cause = Object.assign(new Error('invalid input: "secret words"'), { code: '22P02' });
    const { logged } = await answerTo(new QueryFailedError('INSERT INTO "cases"', ['secret words'], cause));
    expect(logged).toContain('22P02');
    expect(logged).not.toContain('secret words');
  });
});
