import { Refusal } from '../kernel/refusals';

/** The text without white space around it; refuses with INVALID_INPUT one that is too short or too long, or that PostgreSQL can't store. */
export function checkedText(argument: string, text: string, { least, most }: { readonly least: number; readonly most: number }): string {
  const trimmed = text.trim();
  if (!trimmed.isWellFormed() || trimmed.includes('\0'))
    throw new Refusal('INVALID_INPUT', `${argument} has characters that no text may have.`);
  if (trimmed.length < least || trimmed.length > most) {
    throw new Refusal('INVALID_INPUT', `${argument} must have ${least} to ${most} characters.`);
  }
  return trimmed;
}
