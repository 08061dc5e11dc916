import type { Message } from '../intake/message';
import type { Json, JsonObject } from '../kernel/json';
import type { Channel, Department } from '../kernel/vocabulary';
import { channelNamed, contextChannel } from './channel';
import { directionOf } from './direction';
import { eventSpec } from './eventSpecs';
import type { InteractionFacts } from './interaction';
import { CALL_SPECS } from './specs/calls';
import type { EventSpec } from './specs/eventSpec';
import { idText, subjectOf } from './subject';

/** What an identify is called that says that contacts of the vendor's are one. */
const MERGED = 'Contacts Merged';

/** What is known of the system that a message came from. */
export interface MessageSource {
  readonly department: Department;
  readonly type: string;
}

/**
 * What a checked message says happened. Total: every message is an interaction, CUSTOM under its own name where no spec
 * knows it. Properties are the message's own, of identify and group the traits; they are not copied.
 */
export function toInteraction(message: Message, source: MessageSource): InteractionFacts {
  if (message.call === 'track') {
    const name = message.name ?? 'Track';
    return factsOf(message, source, eventSpec(name), name, message.properties);
  }
  const spec = CALL_SPECS[message.call];
  const name = message.call === 'identify' && message.context['merged'] === true ? MERGED : spec.name;
  return factsOf(message, source, spec, message.name ?? message.category ?? name, propertiesOf(message));
}

function propertiesOf(message: Message): JsonObject {
  if (message.call === 'identify' || message.call === 'group') return message.traits;
  return message.call === 'alias' ? { previousId: message.previousId } : message.properties;
}

function factsOf(message: Message, source: MessageSource, spec: EventSpec, name: string, properties: JsonObject): InteractionFacts {
  const { properties: sent } = message;
  const isTrack = message.call === 'track';
  return {
    kind: spec.kind,
    department: spec.department === 'SOURCE' ? source.department : spec.department,
    channel: channelOf(spec, message, source),
    direction: isTrack ? directionOf(spec.kind, spec.direction, sent) : spec.direction,
    name,
    subject: (isTrack ? subjectOf(spec.kind, sent) : null) ?? (spec.aboutAccount ? accountOf(message) : null),
    properties,
  };
}

function channelOf(spec: EventSpec, message: Message, source: MessageSource): Channel {
  if (spec.channel === 'CONTEXT') return contextChannel(message.context, source.type);
  if (spec.channel !== 'STATED') return spec.channel;
  return channelNamed(message.properties['channel']) ?? contextChannel(message.context, source.type);
}

function accountOf(message: Message): InteractionFacts['subject'] {
  const groupId: Json | undefined = message.groupId ?? message.context['groupId'];
  const externalId = idText(groupId);
  return externalId === null ? null : { type: 'account', externalId };
}
