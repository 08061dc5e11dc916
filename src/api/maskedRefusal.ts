import { REFUSALS } from '../kernel/refusals';
import { maskText } from './masking';

/** Reasons of these are errors as they were thrown, which may quote any value of the message. */
const QUOTING: readonly string[] = ['MESSAGE_POISONOUS', 'WEBHOOK_UNREADABLE'];

/** Why a message was refused, for who may not see personal values. */
export function maskedRefusal(code: string, reason: string): string {
  const meaning = Object.hasOwn(REFUSALS, code) ? REFUSALS[code as keyof typeof REFUSALS].meaning : code;
  return QUOTING.includes(code) ? meaning : maskText(reason);
}
