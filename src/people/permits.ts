import { SetMetadata } from '@nestjs/common';
import { ACTS, type Act, type Admitted } from '../rules/acts';

export interface Permit {
  who: Admitted;
  /** How the deed behind this route is named in the table of acts. */
  act: Act;
}

export const PERMIT = 'redress:permit';

/** The one line that says which act of the table a route is, and so who may enter. Every route has one: without it the server does not start. */
export function Permits(act: Act): MethodDecorator {
  return SetMetadata(PERMIT, { who: ACTS[act].by, act } satisfies Permit);
}
