import type { Author } from './ports/author';
import type { RequestContext } from './requestContext';

/** Who asks for a change, at this moment. */
export function authorOf({ access, newId, clock }: RequestContext): Author {
  return { actor: access.actor, auditId: newId(), atMs: clock() };
}
