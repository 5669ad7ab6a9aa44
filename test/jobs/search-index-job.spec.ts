import { restInMs } from '../../src/jobs/search-index.job';

describe('The search index', () => {
  it('is looked after every five seconds where nothing new was written', () => {
    for (const busy of [0, 1]) expect(restInMs(0, 3000, busy)).toBe(5000);
  });

  it('takes a fiftieth of a busy server, and a fifth of an idle one', () => {
    const share = (busy: number) => 400 / (400 + restInMs(200, 400, busy));
    expect([share(0), share(0.5), share(0.51), share(1)]).toEqual([0.2, 0.2, 0.02, 0.02]);
  });

  it('rests a second at least, however little there was to do', () => {
    expect(restInMs(1, 0.5, 0)).toBe(1000);
  });
});
