import { registerEnumType } from 'type-graphql';

export const SegmentStatusEnum = { COMPUTING: 'COMPUTING', LIVE: 'LIVE', FAILED: 'FAILED' } as const;

registerEnumType(SegmentStatusEnum, {
  name: 'SegmentStatus',
  description:
    'COMPUTING: who is in is being found out. LIVE: memberships follow what happens. FAILED: it could not be evaluated, and stands as it was.',
});
