import { OpenCase } from '../../src/casework/intake/open-case';
import { SenderPace } from '../../src/casework/intake/mail/sender-pace';
import { ReadCase } from '../../src/casework/read-case';
import { ReadIdentity } from '../../src/casework/read-identity';
import { OpenInEmergency } from '../../src/casework/team/open-in-emergency';
import { Sessions } from '../../src/people/sessions';
import { SignInPace } from '../../src/people/sign-in-pace';
import { engines } from '../harness/database';
import { House, TestTime } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

const RIGHT = '2026-11-24T09:00:00.000Z';
const AHEAD = '2026-12-24T09:00:00.000Z';
const SHORTLY_AFTER = '2026-11-24T09:30:00.000Z';

describe.each(engines())('a clock that ran a month ahead and was put right, on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    walk = await Walk.lodge(house, staff);
  });
  beforeEach(() => house.time.goTo(AHEAD));
  afterEach(() => house.time.goTo(RIGHT));
  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  it('leaves no session of staff open for a month', async () => {
    const { token } = await house.get(Sessions).startOfficer(staff.INT.personId, null);
    expect(await house.get(Sessions).resolve(token)).not.toBeNull();
    house.time.goTo(RIGHT);
    expect(await house.get(Sessions).resolve(token)).toBeNull();
    expect(await house.get(Sessions).list(staff.INT.personId, '')).toEqual([]);
  });

  it('leaves no session of a rightsholder open for a month', async () => {
    const { token } = await house.get(OpenCase).byReceipt(walk.receipt, 'page');
    expect(await house.get(Sessions).resolve(token)).not.toBeNull();
    house.time.goTo(RIGHT);
    expect(await house.get(Sessions).resolve(token)).toBeNull();
  });

  it('ends no session of either where it was put right by minutes', async () => {
    house.time.goTo(SHORTLY_AFTER);
    const officer = await house.get(Sessions).startOfficer(staff.INT.personId, null);
    const { token } = await house.get(OpenCase).byReceipt(walk.receipt, 'page');
    house.time.goTo(RIGHT);
    expect(await house.get(Sessions).resolve(officer.token)).not.toBeNull();
    expect(await house.get(Sessions).resolve(token)).not.toBeNull();
  });

  it('leaves no case open in an emergency for a month', async () => {
    const read = () => house.get(ReadCase).forStaff(walk.reference, staff.EXE);
    house.time.goTo(RIGHT);
    await expect(read()).rejects.toMatchObject({ kind: 'not-found' });
    house.time.goTo(AHEAD);
    await house.get(OpenInEmergency).run(staff.EXE, walk.reference, 'A hearing is today.');
    await expect(read()).resolves.toBeDefined();
    house.time.goTo(RIGHT);
    await expect(read()).rejects.toMatchObject({ kind: 'not-found' });
    house.time.goTo(SHORTLY_AFTER);
    await house.get(OpenInEmergency).run(staff.EXE, walk.reference, 'A hearing is today.');
    house.time.goTo(RIGHT);
    await expect(read()).resolves.toBeDefined();
  });

  it('leaves no identity open for a month', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.by('INT', 'reveal-identity', { revealReason: 'To call the person back about it.' });
    const until = () => house.get(ReadIdentity).until(staff.INT, walk.reference);
    expect(await until()).not.toBeNull();
    house.time.goTo(RIGHT);
    expect(await until()).toBeNull();
  });

  it('keeps no sender of e-mails waiting for a month', () => {
    const time = new TestTime(AHEAD);
    const pace = new SenderPace(time);
    expect(pace.mayAnswer('rosa@elsewhere.example')).toBe(true);
    while (pace.mayTake('rosa@elsewhere.example')) pace.took('rosa@elsewhere.example');
    time.goTo(RIGHT);
    expect(pace.mayAnswer('rosa@elsewhere.example')).toBe(true);
    expect(pace.mayTake('rosa@elsewhere.example')).toBe(true);
  });

  it('counts nobody’s attempts to sign in for more than they were', async () => {
    const time = new TestTime(AHEAD);
    const pauses: number[] = [];
    const pace = new SignInPace(time, async (ms) => pauses.push(ms));
    await pace.beforeAttempt('ada');
    time.goTo(RIGHT);
    await pace.beforeAttempt('ada');
    await pace.beforeAttempt('ada');
    expect(pauses).toEqual([]);
  });
});
