// What the numbers of the dashboards mean. One text for the page and for programs, so that both say the same.
const ONLY_SEEN = 'Only cases that you may see are counted, as in the queue.';
const OPEN =
  'A case is open until it is closed, declined, referred or withdrawn; one under review is open, too.';
const QUEUE_WORDS =
  'Late by law: the last day of a law that runs for us has passed. Overdue: the day on which somebody here had to look at the case again has passed, by a law, a promise of ours or an action. Due within a week: today or in the seven days after it. A case can be in several of these columns.';
const RANKS =
  'Median and 90th percentile are values that occurred: at least half, or nine tenths, of all are not above them.';

export const OWN_WORK_DEFINITIONS = [
  'Cases on whose team you are, once you said that you have no conflict of interest.',
  `${OPEN} In “All” there are also cases that have ended and in which something is still due.`,
  QUEUE_WORDS,
  'Things to do are what you own, what your role was told is late, what is open in cases on whose team you are, and what others proposed and you may agree to, in every case that you see.',
] as const;

export const LOAD_DEFINITIONS = [
  ONLY_SEEN,
  'Of each person: cases on whose team they are and in which something is due. Whoever has two roles in a case has it once; under each role it counts.',
  QUEUE_WORDS,
  'Asked: cases in which they were asked onto the team and have not said yet whether they have a conflict of interest.',
  'Nobody: open cases on whose team nobody is. Absences are not kept here: whoever is away hands over before.',
] as const;

export const AGEING_DEFINITIONS = [
  ONLY_SEEN,
  OPEN,
  'The age of a case are the days since it was lodged, also after it was reopened.',
  RANKS,
] as const;

export const CLOCK_DEFINITIONS = [
  ONLY_SEEN,
  'Clocks that run for us: not those that are paused, and not the time that the person has.',
  'The share is the days since a clock began, of all days until its last one: by law the last day of the law, for our own promises the day that we set. An extension makes the share smaller; a pause moves the last day and leaves the beginning.',
  'A clock on its last day has used 100 %. It is over from the day after.',
] as const;

export const DWELL_DEFINITIONS = [
  `${ONLY_SEEN} Cases whose person said no to statistics are left out.`,
  'Each stay in a state that ended within the period, both days included, in whole days; a case that came back into a state has several. Stays that still go on are not in it.',
  'The first stay begins on the day on which the case was lodged. n is the number of stays.',
  RANKS,
] as const;
