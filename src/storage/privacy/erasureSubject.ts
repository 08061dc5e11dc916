import type { Subject } from './personalStores';

/** Of statements with the workspace as $1 and the erasure as $2: the customer as the erasure's own tables name them. */
const identifiersOf = (more: string): string => `
    select target.identifier_id from erasure_identifier target
    where target.workspace_id = $1 and target.erasure_id = $2 and target.ordinal >= 0 ${more}`;
const profilesOf = (more: string): string => `
    select target.profile_id from erasure_profile target where target.workspace_id = $1 and target.erasure_id = $2 ${more}`;

const UNTIL = '(select e.erased_at from erasure e where e.workspace_id = $1 and e.erasure_id = $2)';

/** All of the customer. */
export const WHOLE_CUSTOMER: Subject = {
  identifiers: identifiersOf(''),
  everyIdentifier: identifiersOf(''),
  profiles: profilesOf(''),
  until: UNTIL,
};

const PART = 'and target.ordinal >= $3::integer and target.ordinal < $4::integer';

/** The identifiers and profiles with ordinals from $3 up to $4, so that a statement is bounded however large the customer is. */
export const PART_OF_CUSTOMER: Subject = { ...WHOLE_CUSTOMER, identifiers: identifiersOf(PART), profiles: profilesOf(PART) };
