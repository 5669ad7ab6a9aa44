import { barChart, FILLS } from '../../../src/web/desk/charts';

describe('a chart', () => {
  const rows = [
    { label: 'Intake', counts: [1, 0, 3] },
    { label: 'Triage', counts: [0, 2, 0] },
  ];
  const chart = barChart({ id: 'c', title: 'Cases', series: ['Overdue', 'Soon', 'Later'], rows })!;

  it('lays the parts of a bar one after the other, and makes the longest bar as wide as there is room', () => {
    expect(chart.rows.map(({ parts }) => parts.map(({ x, width }) => [x, width]))).toEqual([
      [
        ['0.00%', '25.00%'],
        ['25.00%', '75.00%'],
      ],
      [['0.00%', '50.00%']],
    ]);
  });

  it('tells its parts apart without a colour, each by the same drawing in bar and legend', () => {
    const fills = chart.legend.map(({ fill }) => fill);
    expect(new Set(fills).size).toBe(3);
    expect(chart.rows[0]!.parts.map(({ fill }) => fill)).toEqual([fills[0], fills[2]]);
    const six = barChart({
      id: 'six',
      title: 'Six',
      series: ['a', 'b', 'c', 'd', 'e', 'f'],
      rows: [{ label: 'All', counts: [1, 1, 1, 1, 1, 1] }],
    })!;
    expect(six.legend.map(({ fill }) => fill)).toEqual(FILLS);
    const seven = { id: 'x', title: 'x', series: [...'abcdefg'], rows: [] };
    expect(() => barChart(seven)).toThrow('at most 6');
  });

  it('says every number beside its bar, and all of them in words', () => {
    expect(chart.rows.map(({ label }) => label)).toEqual(['Intake: 1 · 0 · 3', 'Triage: 0 · 2 · 0']);
    expect(chart.description).toBe(
      'Intake: 4, of which 1 overdue, 0 soon, 3 later. Triage: 2, of which 0 overdue, 2 soon, 0 later.',
    );
    const told = barChart({
      id: 't',
      title: 'Days',
      series: ['Median', 'More'],
      rows: [{ label: 'Triage', counts: [2, 5], told: '2, and 7' }],
    })!;
    expect([told.rows[0]!.label, told.description]).toEqual(['Triage: 2, and 7', 'Triage: 2, and 7.']);
  });

  it('shortens a long label beside the bar and says it whole in words', () => {
    const label = 'ص'.repeat(60);
    const long = barChart({ id: 'l', title: 'Long', series: ['n'], rows: [{ label, counts: [1] }] })!;
    expect([...long.rows[0]!.label].length).toBeLessThan(40);
    expect(long.description).toContain(label);
    expect(long.legend).toEqual([]);
  });

  it('is none where there is nothing to draw', () => {
    expect(
      barChart({ id: 'n', title: 'None', series: ['n'], rows: [{ label: 'All', counts: [0] }] }),
    ).toBeNull();
    expect(barChart({ id: 'n', title: 'None', series: ['n'], rows: [] })).toBeNull();
  });
});
