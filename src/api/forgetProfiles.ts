import type { RequestContext } from './requestContext';

/** What this request has read of profiles may be other than it was. */
export function forgetProfiles(context: RequestContext): void {
  const { byId, byIdentifier, byIdentifierId, previousIds } = context.profiles;
  const { merges, isSuppressed, consentsOf } = context.related;
  for (const loader of [byId, byIdentifier, byIdentifierId, previousIds, merges, isSuppressed, consentsOf]) loader.clearAll();
}
