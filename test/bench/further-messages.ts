import type { INestApplicationContext } from '@nestjs/common';
import { CaseworkModule } from '../../src/casework/casework.module';
import { Lodge } from '../../src/casework/intake/lodge';
import { Messages } from '../../src/casework/messages';
import { IndexCases } from '../../src/casework/search/index-cases';
import { GlobalLog } from '../../src/ledger/log';
import type { Visitor } from '../../src/people/visitor';
import { inBenchHouse } from './bench-house';
import { figure, quantile, type Figure } from './figures';
import { fillCases } from './many-cases';

const ROUNDS = 5;
const MESSAGES_IN_ONE_ROUND = 8;
const MESSAGES_OF_A_LONG_CASE = 300;
const LETTERS_OF_A_MESSAGE = 10_000;
/** Words that both cases have, so that both have the same ones to add; few enough that the long case never is full. */
const KNOWN = Array.from({ length: 1000 }, (_, n) => `known${n}`);
const NEW_WORDS_OF_A_MESSAGE = 40;
/** Noise of a few milliseconds; what grows with the case is a hundred times as much in the long one. */
const MOST_RATIO = 2;

/** What one further message costs in a case of 300 messages, against one of a single message: to write it, and to make it findable. */
export async function measureFurtherMessages(): Promise<Figure[]> {
  return inBenchHouse(CaseworkModule, async (house) => {
    const desk = await Desk.open(house);
    const long = await desk.lodge(MESSAGES_OF_A_LONG_CASE);
    const rounds: Record<'short' | 'long', Taken[]>[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const taken: Record<'short' | 'long', Taken[]> = { short: [], long: [] };
      for (let n = 0; n < MESSAGES_IN_ONE_ROUND; n++) {
        const short = await desk.lodge(1);
        const order = n % 2 === 0 ? (['short', 'long'] as const) : (['long', 'short'] as const);
        for (const which of order) taken[which].push(await desk.measure(which === 'short' ? short : long));
      }
      rounds.push(taken);
    }
    const medians = (which: 'short' | 'long', what: keyof Taken) =>
      rounds.map((round) =>
        quantile(
          round[which].map((each) => each[what]),
          0.5,
        ),
      );
    return (['write', 'index'] as const).flatMap((what) => {
      const [short, long] = [medians('short', what), medians('long', what)];
      const name = `a further message, ${what === 'write' ? 'written' : 'made findable'}`;
      return [
        figure(`${name}, case of 1 message: median`, 'ms', short),
        figure(`${name}, case of ${MESSAGES_OF_A_LONG_CASE} messages: median`, 'ms', long),
        figure(
          `${name}: long to short case`,
          'ratio',
          long.map((took, round) => took / short[round]!),
          { atMost: MOST_RATIO },
        ),
      ];
    });
  });
}

/** Milliseconds. */
interface Taken {
  write: number;
  index: number;
}

class Desk {
  private written = 0;

  private constructor(
    private readonly house: INestApplicationContext,
    private readonly officer: Visitor,
  ) {}

  static async open(house: INestApplicationContext): Promise<Desk> {
    const { officerId: personId } = await fillCases(house, 0);
    return new Desk(house, {
      kind: 'officer',
      personId,
      roles: ['INT', 'TRI'],
      unitHash: null,
      sessionHash: '',
    });
  }

  /** A case with so many messages, all findable. */
  async lodge(messages: number): Promise<string> {
    const { reference } = await this.get(Lodge).run({ narrative: KNOWN.join(' ') }, { role: 'RH' });
    for (let n = 0; n < messages; n++) await this.write(reference);
    await this.integrate();
    while ((await this.get(IndexCases).follow()) > 0);
    return reference;
  }

  async measure(reference: string): Promise<Taken> {
    const started = performance.now();
    await this.write(reference);
    const write = performance.now() - started;
    await this.integrate();
    const read = performance.now();
    await this.get(IndexCases).follow();
    return { write, index: performance.now() - read };
  }

  /** By staff, of whom a day takes as many as they write. */
  private async write(reference: string): Promise<void> {
    const fresh = Array.from({ length: NEW_WORDS_OF_A_MESSAGE }, () => `new${(this.written += 1)}`);
    const text = [...fresh, ...KNOWN, ...KNOWN].join(' ').slice(0, LETTERS_OF_A_MESSAGE);
    await this.get(Messages).write(this.officer, text, reference);
  }

  private async integrate(): Promise<void> {
    while ((await this.get(GlobalLog).integrate()) > 0);
  }

  private get<T>(type: new (...args: never[]) => T): T {
    return this.house.get<T>(type, { strict: false });
  }
}
