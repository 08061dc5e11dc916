import type { Json } from '../../src/kernel/json';
import { askGraphql } from './askGraphql';
import { rulesWith } from './busyPeople';
import type { FaultySystem } from './faultySystem';
import { COMPUTED_TRAITS, FIRST_SEGMENTS } from './plainSegments';

const EVENTS = ['profile.changed', 'profile.merged', 'profile.split', 'segment.entered', 'segment.left', 'consent.changed'];

/** The segments, what they count, and where changes go to; answers the secret. */
export async function prepareSystem(system: FaultySystem, url: string): Promise<string> {
  const create = async (mutation: string, type: string, input: unknown, selection: string) => {
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) ${selection} }`;
    const answer = await askGraphql<Record<string, Json>>(system.addresses[0], system.apiKey, query, { input });
    if (!answer?.data) throw new Error(`${mutation} was refused: ${answer?.codes.join()}`);
    return answer.data[mutation] as Record<string, string>;
  };
  await create('setIdentityRules', 'SetIdentityRulesInput', rulesWith(2), '{ rules { type } }');
  const destination = await create(
    'createDestination',
    'CreateDestinationInput',
    { name: 'Receiver', url, events: EVENTS },
    '{ signingSecret }',
  );
  for (const { key, name, definition } of COMPUTED_TRAITS) {
    await create('createComputedTrait', 'CreateComputedTraitInput', { key, name, definition }, '{ key }');
  }
  for (const [key, { definition }] of FIRST_SEGMENTS) {
    await create('createSegment', 'CreateSegmentInput', { key, name: key, definition }, '{ segment { id } }');
  }
  return destination['signingSecret'] as string;
}
