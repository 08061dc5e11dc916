import { readModel, writeModel } from '../../identity/matching/modelJson';
import { Mentions } from '../../identity/mentioned';
import type { ObservedIdentifier } from '../../identity/observation';
import { parseJsonExactly } from '../../intake/parseJson';
import { publicId } from '../../kernel/ids';
import type { Json } from '../../kernel/json';
import { loadTargets } from '../../storage/privacy/erasureTargets';
import { eraseTexts, readMatchModelText, readTexts, type TextStore, writeMatchModelText } from '../../storage/privacy/readTexts';
import { loadWorkspaceSettings } from '../../storage/statements/loadWorkspaceSettings';
import type { ErasureStep, Stepped } from './erasing';

const STORES: readonly TextStore[] = ['dead_letter', 'audit_note'];
const PAGE_TEXTS = 1_000;

/** Dead letters and the audit log are read to know whom they are about. */
export async function eraseMentions(step: ErasureStep): Promise<Stepped> {
  const { client, workspaceId, work } = step;
  const { store: place, after, untilMs } = work.places;
  const store = STORES[Number(place)];
  if (store === undefined) return { phase: 'STRAYS', places: { kind: 0, after: null }, counts: await eraseFromModel(step) };
  const mentions = await mentionsOf(step);
  const page = await readTexts(client, workspaceId, store, {
    after: after === null || after === undefined ? null : String(after),
    limit: PAGE_TEXTS,
    untilMs: Number(untilMs),
  });
  const ids = page.filter(({ json }) => mentions.isIn(parseJsonExactly(json) as Json)).map(({ id }) => id);
  await eraseTexts(client, workspaceId, store, ids);
  const isLast = page.length < PAGE_TEXTS;
  const places = isLast
    ? { store: Number(place) + 1, after: null, untilMs }
    : { store: Number(place), after: page.at(-1)?.id ?? null, untilMs };
  return { places: places as never, counts: { [store]: ids.length } };
}

async function mentionsOf({ client, workspaceId, work: { erasureId } }: ErasureStep): Promise<Mentions> {
  const { identifiers, profileIds } = await loadTargets(client, workspaceId, erasureId);
  const { defaultCountry } = await loadWorkspaceSettings(client, workspaceId);
  return mentionsOfCustomer(identifiers, profileIds, defaultCountry);
}

/** By identifiers, and by profile ids as clients know them. */
export function mentionsOfCustomer(
  identifiers: readonly ObservedIdentifier[],
  profileIds: readonly string[],
  defaultCountry: string,
): Mentions {
  return new Mentions(
    identifiers,
    profileIds.map((id) => publicId('Profile', id)),
    defaultCountry,
  );
}

/** The model by which profiles are compared keeps how frequent values are that more than one profile has; addresses and numbers among them go. */
async function eraseFromModel({ client, workspaceId, work: { erasureId } }: ErasureStep): Promise<Record<string, number>> {
  const text = await readMatchModelText(client, workspaceId);
  if (text === null) return { match_model: 0 };
  const { identifiers } = await loadTargets(client, workspaceId, erasureId);
  const values = new Set(identifiers.map(({ value }) => value.toLowerCase()));
  const model = readModel(text);
  let erased = 0;
  const fields = model.fields.map((field) => {
    const kept = [...field.frequencies].filter(([value]) => !values.has(value.toLowerCase()));
    erased += field.frequencies.size - kept.length;
    return { ...field, frequencies: new Map(kept) };
  });
  if (erased > 0) await writeMatchModelText(client, workspaceId, writeModel({ ...model, fields }));
  return { match_model: erased };
}
