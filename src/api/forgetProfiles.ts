import type { RequestContext } from './requestContext';

/** What this request has read of profiles may be other than it was. */
export function forgetProfiles(context: RequestContext): void {
  const { byId, byIdentifier, byIdentifierId, previousIds } = context.profiles;
  for (const loader of [byId, byIdentifier, byIdentifierId, previousIds, context.related.merges]) loader.clearAll();
}
