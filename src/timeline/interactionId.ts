import { uuidFromName } from '../kernel/uuid';

/** Named by source and message id: the same message has the same id, whenever and however often it comes. */
export function interactionId(sourceId: number, messageId: string): string {
  return uuidFromName(`${sourceId}\n${messageId}`);
}
