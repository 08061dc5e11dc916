import { encodeInt8Array, encodeJsonArray } from '../binaryArrays';
import type { Call, Statement } from './statement';

/** One row an identifier that something was said of; the whole state is written over what was there. */
const WRITE_TRAIT_STATES: Statement = {
  name: 'write_trait_states',
  text: `
insert into trait_state (workspace_id, identifier_id, traits)
select $1, incoming.* from unnest($2::int8[], $3::json[]) as incoming
on conflict (workspace_id, identifier_id) do update set traits = excluded.traits`,
};

/** `traits`: the text of `encodeTraitState`. Each identifier at most once. */
export function writeTraitStates(workspaceId: number, states: readonly { identifierId: bigint; traits: string }[]): Call {
  const ids = encodeInt8Array(states.map((row) => row.identifierId));
  return { statement: WRITE_TRAIT_STATES, values: [workspaceId, ids, encodeJsonArray(states.map((row) => row.traits))] };
}
