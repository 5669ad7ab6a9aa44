import type { Mailbox } from './mailbox';
import type { Outgoing } from './outgoing';

/** The mailbox that is read and who sends, each null where none is set. */
export class Post {
  constructor(
    readonly mailbox: Mailbox | null,
    readonly outgoing: Outgoing | null,
  ) {}
}
