import { registerEnumType } from 'type-graphql';
import type { AttributionLabel, AttributionModel } from '../attributionOf';

export const AttributionModelEnum: { readonly [Key in AttributionModel]: Key } = {
  FIRST: 'FIRST',
  LAST: 'LAST',
  LINEAR: 'LINEAR',
  U_SHAPED: 'U_SHAPED',
  MARKOV: 'MARKOV',
};
registerEnumType(AttributionModelEnum, {
  name: 'AttributionModel',
  description: 'U_SHAPED: 40 % to the first, 40 % to the last, 20 % to those between; MARKOV: by removal effects.',
});

export const AttributionLabelEnum: { readonly [Key in AttributionLabel]: Key } = { CAMPAIGN: 'CAMPAIGN', CHANNEL: 'CHANNEL', KIND: 'KIND' };
registerEnumType(AttributionLabelEnum, { name: 'AttributionLabel' });
