/**
 * Every table that holds something of a customer, each once: what of it is theirs. Erasing and exporting both go by this list, so that whatever erasure
 * takes, export shows. A test over the database's catalogue holds that every table is here, or among those of which it is said why nothing in them is personal.
 */

/** A customer in SQL of statements that have the workspace as $1: queries of one column. */
export interface Subject {
  /** 64-bit ids. Of a very large customer only some of them at a time. */
  readonly identifiers: string;
  /** UUIDs: of the profile and of all that were merged into it. As many at a time. */
  readonly profiles: string;
  /** All of the ids. */
  readonly everyIdentifier: string;
  /** A time: what came later is somebody else's, who has the same identifiers. */
  readonly until: string;
}

/** Conditions on a row `held` of which any makes it the customer's; each finds its rows by an index, or in a table that is kept small. */
type Holds = (subject: Subject) => readonly string[];

export interface PersonalStore {
  readonly table: string;
  readonly holds: Holds;
}

const ofIdentifiers: Holds = ({ identifiers }) => [`held.identifier_id in (${identifiers})`];
const ofPairs: Holds = ({ identifiers }) => [`held.low_id in (${identifiers})`, `held.high_id in (${identifiers})`];
const ofProfiles: Holds = ({ profiles }) => [`held.profile_id in (${profiles})`];

/** Companies and households stay as long as somebody else is in them. */
const ofLastMembers: Holds = ({ identifiers, everyIdentifier }) => [
  `held.account_id in (
    select own.account_id from account_member own where own.workspace_id = $1 and own.identifier_id in (${identifiers}))
  and not exists (
    select from account_member other
    where other.workspace_id = $1 and other.account_id = held.account_id and other.identifier_id not in (${everyIdentifier}))`,
];

/** Joins that name an identifier, and partings that are about nobody else. */
const decisionsAbout: Holds = (subject) => [
  ...ofPairs(subject),
  `held.decision_id in (
    select own.decision_id from part_label own where own.workspace_id = $1 and own.identifier_id in (${subject.identifiers}))
  and not exists (
    select from part_label other
    where other.workspace_id = $1 and other.decision_id = held.decision_id and other.identifier_id not in (${subject.everyIdentifier}))`,
];

const deliveriesAbout: Holds = ({ profiles }) => [
  `(held.destination_id, held.profile_id) in (
    select sent.destination_id, own.profile_id
    from destination sent cross join (${profiles}) as own (profile_id)
    where sent.workspace_id = $1)`,
];

const mergesOf: Holds = ({ profiles }) => [`held.survivor_id in (${profiles})`, `held.absorbed_id in (${profiles})`];

/** In the order in which they are erased: what is found by others stands before them. */
export const KEYED_STORES: readonly PersonalStore[] = [
  { table: 'account', holds: ofLastMembers },
  { table: 'account_member', holds: ofIdentifiers },
  { table: 'decision', holds: decisionsAbout },
  { table: 'part_label', holds: ofIdentifiers },
  { table: 'match_candidate', holds: ofPairs },
  { table: 'match_due', holds: ofIdentifiers },
  { table: 'match_key', holds: ofIdentifiers },
  { table: 'event_match', holds: ofIdentifiers },
  { table: 'trait_state', holds: ofIdentifiers },
  { table: 'search_term', holds: ofIdentifiers },
  { table: 'consent', holds: ofIdentifiers },
  { table: 'suppression', holds: ofIdentifiers },
  { table: 'link', holds: ofPairs },
  { table: 'conversation', holds: ofProfiles },
  { table: 'customer', holds: ofProfiles },
  { table: 'customer_order', holds: ofProfiles },
  { table: 'subscription', holds: ofProfiles },
  { table: 'survey_answer', holds: ofProfiles },
  { table: 'perception', holds: ofProfiles },
  { table: 'influence_case', holds: ofProfiles },
  { table: 'friction_signal', holds: ofProfiles },
  { table: 'experience_due', holds: ofProfiles },
  { table: 'segment_membership', holds: ofProfiles },
  { table: 'segment_stay', holds: ofProfiles },
  { table: 'segment_wake', holds: ofProfiles },
  { table: 'change', holds: ofProfiles },
  { table: 'delivery', holds: deliveriesAbout },
  { table: 'profile_merge', holds: mergesOf },
  { table: 'identifier', holds: ofIdentifiers },
  { table: 'profile', holds: ofProfiles },
];

/** The timeline, and what stands by the ids of its entries; erased before all others, some thousands of rows at a time. */
export const TIMELINE_STORES: readonly PersonalStore[] = [
  {
    table: 'told_friction',
    holds: ({ identifiers }) => [
      `split_part(held.signal_key, '/', 2) in (
        select entry.interaction_id::text from interaction entry where entry.workspace_id = $1 and entry.identifier_id in (${identifiers}))`,
    ],
  },
  { table: 'interaction', holds: ofIdentifiers },
];

/** Traces in rows that are somebody else's: they are taken out, or the row goes where nothing would be left of it. */
export const STRAY_STORES: readonly (PersonalStore & {
  readonly key: readonly string[];
  readonly set: ((subject: Subject) => string) | null;
})[] = [
  {
    table: 'identifier',
    key: ['identifier_id'],
    holds: ({ profiles }) => [`held.home_profile_id in (${profiles})`],
    set: () => 'home_profile_id = null',
  },
  {
    table: 'profile_merge',
    key: ['merge_id'],
    holds: ({ identifiers, until }) => [
      `held.merged_at <= ${until}
        and ((held.evidence->>'lowId')::bigint in (${identifiers}) or (held.evidence->>'highId')::bigint in (${identifiers}))`,
    ],
    set: null,
  },
  {
    table: 'profile_merge',
    key: ['merge_id'],
    holds: ({ identifiers, profiles, until }) => [
      `held.merged_at <= ${until}
        and (exists (select from unnest(held.absorbed_identifier_ids) as own (id) where own.id in (${identifiers}))
          or exists (select from unnest(held.repointed_ids) as own (id) where own.id in (${profiles})))`,
    ],
    set: ({ identifiers, profiles }) => `
        absorbed_identifier_ids = array(select own.id from unnest(held.absorbed_identifier_ids) as own (id) where own.id not in (${identifiers})),
        repointed_ids = case when held.repointed_ids is not null then
          array(select own.id from unnest(held.repointed_ids) as own (id) where own.id not in (${profiles})) end`,
  },
  {
    table: 'audit_entry',
    key: ['audit_id'],
    holds: ({ profiles }) => [
      `audit_subjects(held.target, held.detail) && array(select 'prf_' || replace(own.id::text, '-', '') from (${profiles}) as own (id))`,
    ],
    set: () => `target = null, detail = '{"erased": true}'`,
  },
  ...['change', 'delivery'].map((table) => ({
    table,
    key: table === 'change' ? ['change_id'] : ['destination_id', 'change_id'],
    holds: ({ profiles }: Subject) => [
      `held.type in ('profile.merged', 'profile.split')
        and (held.data->>'absorbedId' in (select own.id::text from (${profiles}) as own (id))
          or held.data->>'separatedId' in (select own.id::text from (${profiles}) as own (id)))`,
    ],
    set: null,
  })),
];

/** Those that are read to know what in them is whose. */
export const READ_STORES = ['audit_note', 'change_note', 'dead_letter', 'inbox', 'match_model', 'touch_chunk'] as const;
export type ReadStore = (typeof READ_STORES)[number];
