import type { Json } from '../kernel/json';
import { AGGREGATES, type ComputedTraitDefinition } from './computedTrait';
import { DefinitionFaults, ownMember } from './definitionFaults';
import { parseEvent } from './parseEvent';
import { parseDuration } from './parseWindow';

/** `{ aggregate, event, property, within }`. Refuses with SEGMENT_INVALID, naming every fault with its path. */
export function parseComputedTrait(json: Json): ComputedTraitDefinition {
  const faults = new DefinitionFaults();
  const definition = parse(json, faults);
  faults.refuseAny();
  if (definition === null) throw new Error('A computed trait without faults has a definition.');
  return definition;
}

function parse(json: Json, faults: DefinitionFaults): ComputedTraitDefinition | null {
  const members = faults.members('', json, ['aggregate', 'event', 'property', 'within']);
  if (members === null) return null;
  const aggregate = AGGREGATES.find((known) => known === ownMember(members, 'aggregate'));
  if (aggregate === undefined) faults.add('aggregate', `must be one of ${AGGREGATES.join(', ')}`);
  const event = parseEvent('event', ownMember(members, 'event'), faults);
  const propertyJson = ownMember(members, 'property');
  const property = propertyJson === undefined && aggregate === 'count' ? null : faults.path('property', propertyJson);
  const withinMs = parseDuration('within', ownMember(members, 'within'), faults);
  return aggregate && event ? { aggregate, event, property, withinMs } : null;
}
