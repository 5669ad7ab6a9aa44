import { cutReceipts } from '../../../../src/casework/intake/mail/cut-receipts';

const RECEIPT = '48213 90577 11824 06639 75120';
const DIGITS = RECEIPT.replaceAll(' ', '');
const ARABIC = [...RECEIPT].map((sign) => (sign === ' ' ? ' ' : '٠١٢٣٤٥٦٧٨٩'[Number(sign)])).join('');

/** As the house answers: this one opens a case, no other does. */
const cut = async (text: string, asked: string[] = []) =>
  cutReceipts(text, (receipts) => {
    asked.push(...receipts);
    return Promise.resolve(new Set(receipts.filter((each) => each === DIGITS)));
  });

describe('receipts in the text of a mail', () => {
  it.each([
    RECEIPT,
    DIGITS,
    ARABIC,
    `*${RECEIPT}*`,
    RECEIPT.replaceAll(' ', '-'),
    RECEIPT.replaceAll(' ', '\n> > '),
    RECEIPT.replaceAll(' ', '.\u00a0'),
    RECEIPT.replaceAll(' ', ' | '),
    RECEIPT.replaceAll(' ', '\u2009\u2013\u2009'),
    [...DIGITS].join(' '),
    '482139 0577118240 663975120',
  ])('are cut where one opens a case, as it is written in %j', async (written) => {
    expect(await cut(`Before: ${written}, and after.`)).toMatch(/^Before: \*?\[…\]\*?, and after\.$/);
  });

  it('are cut wherever they stand in a list of other numbers, and no other number is', async () => {
    const list = '10115 10117 10119 10178 10179 10243 10245 10247';
    expect(await cut(`${list} ${RECEIPT} ${list}`)).toBe(`${list} […] ${list}`);
    expect(await cut(`${RECEIPT}\n${RECEIPT}`)).toBe('[…]\n[…]');
  });

  it.each([
    '10115 10117 10119 10178 10179 10243',
    '030 12345 678, 030 12345 679, 030 12345 680',
    '1234567890123456789012345',
    '1'.repeat(500),
    RECEIPT.replaceAll(' ', ' and '),
    `${RECEIPT}1`,
    '',
  ])('are none in %j, which stays', async (text) => {
    expect(await cut(text)).toBe(text);
  });

  it('are looked up each once', async () => {
    const asked: string[] = [];
    await cut(`${RECEIPT}, ${DIGITS}; no 11111 22222 33333 44444 55555`, asked);
    expect(asked.filter((each) => each === DIGITS)).toHaveLength(1);
    expect(asked).toContain('1111122222333334444455555');
  });

  it('behind the first thousands are cut by their shape, at the border too, and the work stays bounded', async () => {
    const list = '10115 '.repeat(20_000);
    for (const place of [0, 3, 4, 5, 6, 500]) {
      const asked: string[] = [];
      const text = `${list}${'10117 '.repeat(place)}x ${RECEIPT} end`;
      expect(await cut(text, asked)).toMatch(/x \[…\] end$/);
    }
    const asked: string[] = [];
    const varied = Array.from({ length: 30_000 }, (_, n) => String(10_000 + n)).join(' ');
    const left = await cut(`${varied} ${RECEIPT}`, asked);
    expect(asked.length).toBeLessThan(20_100);
    expect(left).not.toContain(RECEIPT);
  });
});
