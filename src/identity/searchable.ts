/** Types that nobody types into a search box: made by machines, and too many. */
const UNSEARCHABLE = new Set(['anonymous_id', 'device_id']);

/** What an agent's search can find an identifier by, in lower case; null where it is not worth finding. */
export function normalisedSearchTerm(identifier: { readonly type: string; readonly value: string }): string | null {
  return UNSEARCHABLE.has(identifier.type) ? null : identifier.value.toLowerCase().slice(0, 200);
}
