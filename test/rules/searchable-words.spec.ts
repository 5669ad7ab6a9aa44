import complaints from '../cases/open-cases.json';
import { searchableWords, searchedWords } from '../../src/rules/searchable-words';

const finds = (text: string, typed: string): boolean => {
  const words = searchableWords(text);
  const wanted = [...searchedWords(typed)];
  return wanted.length > 0 && wanted.every((word) => words.has(word));
};

describe('the words of a text', () => {
  it.each([
    ['Straße', 'STRASSE'],
    ['Die Prüfung', 'prufung'],
    ['ΟΔΟΣ', 'οδός'],
    ['ὁ λόγος', 'ΛΟΓΟΣ'],
    ['İstanbul’da', 'istanbul'],
    ['ISPARTA', 'ısparta'],
    ['ışık', 'IŞIK'],
    ['la evaluación', 'evaluacion'],
    ['evaluacion', 'EVALUACIÓN'],
    ['l’évaluation', 'evaluation'],
    ["l'évaluation", 'évaluation'],
    ['Łódź, œuvre', 'lodz oeuvre'],
    ['ﬁnal', 'final'],
    ['Ｆａｃｅ', 'face'],
    ['e\u0301tude', '\u00e9tude'],
    ['ребёнок', 'ребенок'],
    ['الْعَرَبِيَّة', 'العربية'],
    ['مـــحـــمـــد', 'محمد'],
    ['إلى المدرسة', 'الى المدرسه'],
    ['می\u200cخواهم', 'میخواهم'],
    ['كيف', 'کیف'],
    ['שָׁלוֹם', 'שלום'],
    ['२०२६ में', '2026'],
    ['٢٠٢٦', '２０２６'],
    ['क़ानून', 'कानून'],
    ['हाँ', 'हां'],
    ['सरकारी राशन बंद हुआ', 'राशन'],
    ['系统拒绝了我的贷款申请', '贷款'],
    ['尊敬的贵公司负责人', '公司'],
    ['システムが私のローン申請を拒否しました', 'ローン申請'],
    ['ระบบปฏิเสธคำขอสินเชื่อของฉัน', 'ปฏิเสธ'],
    ['ระบบปฏิเสธคำขอสินเชื่อของฉัน', 'คำขอ สินเชื่อ'],
    ['대출 신청이 거부되었습니다', '대출'],
    ['case no. K-12/2026', 'k-12'],
    ['write to BENEFIT_BOT@example.org', 'benefit'],
    ['so\u00adcial', 'social'],
    ['\u202ereversed\u202c', 'reversed'],
  ])('of “%s” are found by “%s”', (text, typed) => {
    expect(finds(text, typed)).toBe(true);
  });

  it.each([
    ['payment', 'pay'],
    ['pay', 'payment'],
    ['The letter of June', 'letter July'],
    ['मकान', 'मकानी'],
    ['がく', 'かく'],
  ])('of “%s” are not found by “%s”', (text, typed) => {
    expect(finds(text, typed)).toBe(false);
  });

  it.each(['', ' \n\t', 'a', 'é', '7', '…!?', '🙂', '\u202e', 'a b c'])('are none in “%s”', (text) => {
    expect([...searchedWords(text)]).toEqual([]);
  });

  it('may be a single character where a character is a word', () => {
    expect([...searchedWords('钱')]).toEqual(['钱']);
  });

  it.each(complaints.map(({ id, language, narrative }) => [id, language, narrative] as const))(
    'of the complaint %s (%s) are each found alone as they stand there',
    (_, language, narrative) => {
      const readers = new Intl.Segmenter(language, { granularity: 'word' });
      const missed = narrative
        .split(/\s+/)
        .flatMap((part) => [...readers.segment(part)])
        .filter(({ isWordLike, segment }) => isWordLike && searchedWords(segment).size > 0)
        .map(({ segment }) => segment)
        .filter((word) => !finds(narrative, word));
      expect(missed).toEqual([]);
    },
  );

  it.each([
    ['one letter without end', 'a'.repeat(100_000)],
    ['one character without end', '的'.repeat(50_000)],
    ['a script without spaces', 'ปฏิเสธ'.repeat(8000)],
    ['marks upon marks', `a${'\u0301'.repeat(50_000)}`],
    ['signs that become long words', '\ufdfa'.repeat(2000)],
    ['half characters', '\ud800'.repeat(1000)],
  ])('are taken from %s, and each stays short', (_, text) => {
    for (const word of searchableWords(text)) expect([...word].length).toBeLessThanOrEqual(64);
  });

  it('lose none where a long text without spaces is read in pieces', () => {
    const text = '系统拒绝了我的贷款申请没有人告诉我原因'.repeat(40);
    for (const word of ['系统', '拒绝', '贷款', '申请', '没有', '告诉', '原因'])
      expect(finds(text, word)).toBe(true);
    expect(searchedWords(text).size).toBeLessThan(30);
  });
});
