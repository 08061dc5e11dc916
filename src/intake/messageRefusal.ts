import { REFUSALS, type RefusalCode } from '../kernel/refusals';

/** Why one message was refused, while the rest of its batch goes on. */
export class MessageRefusal {
  constructor(
    readonly code: RefusalCode,
    readonly reason: string = REFUSALS[code].meaning,
  ) {}
}
