import { Messages } from '../../../src/casework/messages';
import { ReadCase } from '../../../src/casework/read-case';
import { MARK } from '../../../src/rules/masking';
import { engines } from '../../harness/database';
import { type Staff } from '../../harness/walk';
import { COMPLAINT, NAME, STORY, passingOn, refused } from './passing-on';

describe.each(engines())('texts that are passed on, on %s', (engine) => {
  const on = passingOn(engine);
  const { redactions, mask, make, entries } = on;

  it('masks a text in every spelling, seals it beside the text, and tells numbers alone', async () => {
    const kept = await mask(NAME, 'Karl', 'RD-7K3F-9QXM', 'noor@example.org');
    expect(kept.text).toBe(
      `I am ${MARK}, ${MARK}, write to ${MARK}.\nMy boss ${MARK} stopped my pay. ${MARK} again.`,
    );
    expect(kept).toMatchObject({ n: 1, ofKind: 'COMPLAINT', ofNumber: 1, marks: 5 });
    const [entry] = await entries('mask-text');
    expect(entry!.facts).toEqual({ redaction: 1, sharedKind: 'COMPLAINT', sharedNumber: 1, marks: 5 });
    expect(JSON.stringify(entry)).not.toMatch(/noor|karl/i);
    const { complaint } = await on.house.get(ReadCase).forStaff(on.walk.reference, on.staff.INT);
    expect(complaint.narrative).toBe(STORY);
    expect((await on.house.verify()).differences).toEqual([]);
  });

  it('names every passage that does not occur, and keeps nothing', async () => {
    await expect(mask(NAME, 'Gustav', 'Karla')).rejects.toMatchObject({
      kind: 'invalid',
      needs: ['Gustav', 'Karla'].map((passage) => ({
        name: 'passages',
        field: 'passages',
        sentence: expect.stringContaining(`“${passage}”`),
      })),
    });
    for (const passages of [[], [' '], ['.'], [MARK], 'Noor', [7], undefined])
      await expect(
        redactions().keep(on.staff.INT, on.walk.reference, COMPLAINT, passages),
      ).rejects.toMatchObject({
        kind: 'invalid',
      });
    expect((await redactions().list(on.staff.INT, on.walk.reference)).redactions).toEqual([]);
    expect(await entries('mask-text')).toEqual([]);
  });

  it('lists every kind of text, and refuses one that is not there', async () => {
    await on.walk.toInvestigation();
    await on.walk.by('INV', 'ask-question', { questionText: 'When?', why: 'The log.', dueOn: '2026-12-01' });
    await on.walk.by('RH', 'answer-question', { reply: 'In June, said Karl.' });
    await on.walk.by('RH', 'amend-complaint', {
      amendKind: 'ADDITION',
      amendedPart: 'narrative',
      amendText: 'And in July.',
    });
    await on.walk.by('INV', 'record-transcript', {
      occasion: 'PHONE_CALL',
      occasionOn: '2026-11-24',
      writtenIn: 'en',
      transcriptText: 'She said so.',
    });
    await on.walk.by('INV', 'request-evidence', {
      askedOf: 'VENDOR',
      askedWhom: 'Acme',
      askedFor: 'Logs',
      dueOn: '2026-12-01',
      tellsNothingOfHer: true,
    });
    await on.walk.by('INV', 'record-evidence-answer', {
      evidenceRequestNumber: 1,
      evidenceAnswer: 'Here are the logs of Noor.',
      recordsFound: 'COMPLETE',
    });
    await on.walk.by('INV', 'add-translation', {
      translatedKind: 'COMPLAINT',
      translationLanguage: 'de',
      translationAuthor: 'MACHINE',
      translationText: 'Ich bin Noor.',
    });
    await on.walk.by('INV', 'record-finding', {
      allegationNumber: 1,
      finding: 'FC-SUBST',
      standardOfProof: 'SP-BALANCE',
      findingCauses: ['RC-THRESH'],
      reasons: 'The log of Noor shows it.',
    });
    await on.house.get(Messages).write(on.walk.holder, 'It is Noor again.');
    const { texts } = await redactions().list(on.staff.INV, on.walk.reference);
    expect(texts.map(({ kind, n, from }) => `${kind} ${n} ${from}`)).toEqual([
      ...[
        'COMPLAINT 1 RH',
        'COMPLAINT 2 RH',
        'COMPLAINT 4 RH',
        'AMENDMENT 1 RH',
        'MESSAGE 1 RH',
        'ANSWER 1 RH',
      ],
      ...['TRANSCRIPT 1 INV', 'ALLEGATION 1 null', 'FINDING 1 null', 'REPLY 1 VENDOR', 'TRANSLATION 1 null'],
    ]);
    for (const { kind, n } of texts) {
      const { text } = await redactions().text(on.staff.INV, on.walk.reference, { kind, n });
      const word = text.match(/\p{L}{2,}/u)![0];
      const { marks } = await redactions().keep(on.staff.INV, on.walk.reference, { kind, n }, [word]);
      expect([kind, marks > 0]).toEqual([kind, true]);
    }
    for (const name of [
      { kind: 'MESSAGE', n: 2 },
      { kind: 'COMPLAINT', n: 3 },
      { kind: 'COMPLAINT', n: 9 },
    ] as const)
      await expect(redactions().text(on.staff.INV, on.walk.reference, name)).rejects.toMatchObject({
        kind: 'not-found',
      });
    // A finding that is corrected is not passed on in the words of before.
    const { redactions: kept } = await redactions().list(on.staff.INV, on.walk.reference);
    const version = kept.find(({ ofKind }) => ofKind === 'FINDING')!.n;
    await expect(make({ kind: 'FINDING', n: 1, version })).resolves.toMatchObject({ n: 1 });
    await on.walk.by('INV', 'record-finding', {
      allegationNumber: 1,
      finding: 'FC-PART',
      standardOfProof: 'SP-BALANCE',
      findingCauses: ['RC-THRESH'],
      reasons: 'Half of it.',
    });
    await expect(make({ kind: 'FINDING', n: 1, version })).rejects.toMatchObject(refused('parts'));
    expect((await on.house.verify()).differences).toEqual([]);
  });

  it('suggests addresses and numbers to everybody, and a name only to whom it is open', async () => {
    const of = (who: keyof Staff) => redactions().text(on.staff[who], on.walk.reference, COMPLAINT);
    expect((await of('INT')).suggested).toEqual(['RD-7K3F-9QXM', 'noor@example.org']);
    await on.walk.by('INT', 'reveal-identity', { revealReason: 'To mask what tells who she is.' });
    expect((await of('INT')).suggested).toEqual([NAME, 'Noor', 'Amrani', 'noor@example.org', 'RD-7K3F-9QXM']);
    expect((await of('TRI')).suggested).toEqual(['RD-7K3F-9QXM', 'noor@example.org']);
    on.house.time.addDays(1);
    expect((await of('INT')).suggested).not.toContain(NAME);
  });
});
