/** Values that programs send where they know nobody; whoever linked by them would make strangers one customer. In lower case. */
const PLACEHOLDERS = new Set(['-1', 'null', 'undefined', 'none', 'n/a', 'nan', 'anonymous', 'guest', '[object object]']);
const LONGEST_PLACEHOLDER = 15;
const ZEROS_AND_DASHES = /^[-0]*$/;

/** Whether a value is blank, only zeros and dashes, or a placeholder, in whatever case. */
export function isBlockedValue(value: string): boolean {
  const first = value.charCodeAt(0);
  if (first === 0x30 || first === 0x2d) {
    if (ZEROS_AND_DASHES.test(value.trimEnd())) return true;
  }
  if (value.length <= LONGEST_PLACEHOLDER) return PLACEHOLDERS.has(value.toLowerCase()) || isPadded(value);
  return value.trim().length <= LONGEST_PLACEHOLDER && isPadded(value);
}

function isPadded(value: string): boolean {
  const trimmed = value.trim();
  if (trimmed === '') return true;
  return trimmed.length !== value.length && isBlockedValue(trimmed);
}
