import { direction, languageOf, say } from '../../../words/words';
import type { Block, Paper } from '../../paper/paper';
import { drawQr } from '../../qr-drawing';

export interface Card {
  /** 25 digits in five groups. */
  receipt: string;
  /** Null on the card that does not say what it is for, as is the address. */
  reference: string | null;
  comeBackAt: string | null;
}

/** A card to cut out: the receipt, its square code and, unless it is not to say what it is for, number of the case and address. */
export async function receiptCard({ receipt, reference, comeBackAt }: Card, reader: string): Promise<Paper> {
  const language = languageOf(reader);
  const words = (key: string) => say(language, key);
  const { side, path } = await drawQr(receipt);
  const blocks: Block[] = [
    { kind: 'heading', text: words(comeBackAt ? 'card.full' : 'card.bare') },
    { kind: 'digits', text: receipt },
    {
      kind: 'drawing',
      svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}"><path d="${path}"/></svg>`,
    },
    ...(reference && comeBackAt
      ? ([
          { kind: 'small', text: words('receipt.reference') },
          { kind: 'signs', text: reference },
        ] as const)
      : []),
    ...(comeBackAt
      ? ([
          { kind: 'small', text: words('card.come-back') },
          { kind: 'signs', text: comeBackAt },
        ] as const)
      : []),
  ];
  return {
    title: words(comeBackAt ? 'tab.paper' : 'card.bare'),
    language,
    isRightToLeft: direction(language) === 'rtl',
    blocks: [{ kind: 'frame', blocks }],
  };
}
