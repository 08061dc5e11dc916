import type { ClientBase, Pool } from 'pg';
import type { Author } from '../../api/ports/author';
import type { NewComputedTrait, NewSegment, SegmentChange, SegmentDesk } from '../../api/ports/segmentDesk';
import type { NewId } from '../../kernel/clock';
import { publicId } from '../../kernel/ids';
import type { JsonObject } from '../../kernel/json';
import { Refusal } from '../../kernel/refusals';
import { parseComputedTrait } from '../../segments/parseComputedTrait';
import { parseDefinition } from '../../segments/parseDefinition';
import { computedTraitsNamed, segmentsNamed } from '../../segments/references';
import { insertAuditEntry } from '../../storage/statements/insertAuditEntry';
import { loadSegmentDefinitions, type SegmentDefinitions, type StoredSegment } from '../../storage/statements/loadSegmentDefinitions';
import { takeLane } from '../../storage/statements/lockLane';
import { changeSegmentDefinitions } from '../../storage/statements/segmentProgress';
import {
  computeSegmentsAgain,
  deleteComputedTrait,
  deleteSegment,
  insertComputedTrait,
  insertSegment,
  updateSegment,
} from '../../storage/statements/writeSegments';
import { inWorkspace } from '../../storage/workspaceTransaction';
import { checkNames, checkUnnamed, dependentsOf, keyedSegments, readDefinitions } from './deskDefinitions';
import { trackWhatIsAsked } from './trackWhatIsAsked';

const MOST_SEGMENTS = 1_000;
const MOST_COMPUTED_TRAITS = 200;
const KEY = /^[a-z0-9][a-z0-9_-]{0,63}$/;

interface Deed<Answer> {
  readonly action: string;
  readonly work: (
    desk: Desk,
  ) => Promise<{ readonly answer: Answer; readonly target: string | null; readonly detail: JsonObject; readonly note: JsonObject } | null>;
}

interface Desk {
  readonly client: ClientBase;
  readonly workspaceId: number;
  readonly stored: SegmentDefinitions;
  readonly author: Author;
}

export function segmentDesk(pool: Pool, newId: NewId): SegmentDesk {
  const change = <Answer>(workspaceId: number, author: Author, deed: Deed<Answer>) => changeDefinitions(pool, workspaceId, author, deed);
  return {
    createSegment: async (workspaceId, segment, author) => {
      const segmentId = newId();
      await change(workspaceId, author, { action: 'createSegment', work: (desk) => create(desk, { ...segment, segmentId }) });
      return segmentId;
    },
    updateSegment: (workspaceId, asked, author) =>
      change(workspaceId, author, { action: 'updateSegment', work: (desk) => update(desk, asked) }),
    deleteSegment: (workspaceId, segmentId, author) =>
      change(workspaceId, author, { action: 'deleteSegment', work: (desk) => remove(desk, segmentId) }),
    createComputedTrait: (workspaceId, trait, author) =>
      change(workspaceId, author, { action: 'createComputedTrait', work: (desk) => createTrait(desk, trait) }),
    deleteComputedTrait: (workspaceId, key, author) =>
      change(workspaceId, author, { action: 'deleteComputedTrait', work: (desk) => removeTrait(desk, key) }),
  };
}

/**
 * The lane is held so that no batch is written after it that did not know of the change, and the follower's progress so that no step overlaps; in this
 * order, since followers never wait for lanes.
 */
async function changeDefinitions<Answer>(pool: Pool, workspaceId: number, author: Author, deed: Deed<Answer>): Promise<void> {
  await inWorkspace(pool, workspaceId, 'changes', async (client) => {
    await takeLane(client, workspaceId, author.atMs);
    await changeSegmentDefinitions(client, workspaceId);
    const stored = await loadSegmentDefinitions(client, workspaceId);
    const done = await deed.work({ client, workspaceId, stored, author });
    if (done === null) return;
    const { target, detail, note } = done;
    await insertAuditEntry(client, workspaceId, { ...author, action: deed.action, target, detail, note });
  });
}

async function create({ client, workspaceId, stored, author }: Desk, segment: NewSegment & { readonly segmentId: string }) {
  const { segmentId, key, name, definition } = segment;
  checkKey(key);
  if (stored.segments.some((other) => other.key === key)) throw new Refusal('CONFLICT', `There is a segment with the key ${key} already.`);
  if (stored.segments.length >= MOST_SEGMENTS) throw new Refusal('CONFLICT', `There can be ${MOST_SEGMENTS} segments at most.`);
  const parsed = parseDefinition(definition);
  const before = readDefinitions(stored);
  checkNames({ key, definition: parsed }, keyedSegments(before), keysOf(before.computedTraits));
  await insertSegment(client, workspaceId, segment, author.atMs);
  const after = { ...before, segments: [...keyedSegments(before), { key, definition: parsed }] };
  await trackWhatIsAsked(client, workspaceId, stored.trackedEvents, after);
  return { answer: segmentId, target: publicId('Segment', segmentId), detail: { key }, note: { name, definition } };
}

async function update({ client, workspaceId, stored, author }: Desk, { segmentId, ...asked }: SegmentChange) {
  const segment = theSegment(stored, segmentId);
  const { name = segment.name, description = segment.description, definition = segment.definition } = asked;
  const isSaid = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const isSame = isSaid(definition, segment.definition);
  const mustCompute = !isSame || (asked.definition !== undefined && segment.status === 'FAILED');
  if (!mustCompute && isSaid([name, description], [segment.name, segment.description])) return null;
  await updateSegment(client, workspaceId, { segmentId, name, description, definition }, author.atMs);
  if (mustCompute) await computeAnew(client, workspaceId, stored, { ...segment, definition });
  const before = { name: segment.name, description: segment.description, definition: segment.definition };
  return {
    answer: undefined,
    target: publicId('Segment', segmentId),
    detail: {},
    note: { before, after: { name, description, definition } },
  };
}

async function computeAnew(client: ClientBase, workspaceId: number, stored: SegmentDefinitions, segment: StoredSegment): Promise<void> {
  const changed = { key: segment.key, definition: parseDefinition(segment.definition) };
  const before = readDefinitions(stored);
  const others = keyedSegments(before).filter(({ key }) => key !== segment.key);
  checkNames(changed, others, keysOf(before.computedTraits));
  const dependents = dependentsOf(new Set([segment.key]), others);
  const again = stored.segments.filter(({ key }) => dependents.has(key)).map(({ segmentId }) => segmentId);
  await computeSegmentsAgain(client, workspaceId, [segment.segmentId, ...again]);
  await trackWhatIsAsked(client, workspaceId, stored.trackedEvents, { ...before, segments: [...others, changed] });
}

async function remove({ client, workspaceId, stored }: Desk, segmentId: string) {
  const { key, name, definition } = theSegment(stored, segmentId);
  const before = readDefinitions(stored);
  const others = keyedSegments(before).filter((other) => other.key !== key);
  checkUnnamed(others.filter(({ definition: other }) => segmentsNamed(other).includes(key)));
  await deleteSegment(client, workspaceId, segmentId);
  await trackWhatIsAsked(client, workspaceId, stored.trackedEvents, { ...before, segments: others });
  return { answer: undefined, target: publicId('Segment', segmentId), detail: { key }, note: { name, definition } };
}

async function createTrait({ client, workspaceId, stored, author }: Desk, { key, name, definition }: NewComputedTrait) {
  checkKey(key);
  if (stored.computedTraits.some((other) => other.key === key)) {
    throw new Refusal('CONFLICT', `There is a computed trait with the key ${key} already.`);
  }
  if (stored.computedTraits.length >= MOST_COMPUTED_TRAITS) {
    throw new Refusal('CONFLICT', `There can be ${MOST_COMPUTED_TRAITS} computed traits at most.`);
  }
  const before = readDefinitions(stored);
  const trait = { key, name, definition: parseComputedTrait(definition) };
  const after = { segments: keyedSegments(before), computedTraits: [...before.computedTraits, trait] };
  const trackedEventId = (await trackWhatIsAsked(client, workspaceId, stored.trackedEvents, after))(trait);
  await insertComputedTrait(client, workspaceId, { key, name, definition, trackedEventId }, author.atMs);
  return { answer: undefined, target: null, detail: { key }, note: { name, definition } };
}

async function removeTrait({ client, workspaceId, stored }: Desk, key: string) {
  const trait = stored.computedTraits.find((each) => each.key === key);
  if (!trait) throw new Refusal('NOT_FOUND', `There is no computed trait ${JSON.stringify(key.slice(0, 80))}.`);
  const before = readDefinitions(stored);
  checkUnnamed(keyedSegments(before).filter(({ definition }) => computedTraitsNamed(definition).includes(key)));
  await deleteComputedTrait(client, workspaceId, key);
  const computedTraits = before.computedTraits.filter((each) => each.key !== key);
  await trackWhatIsAsked(client, workspaceId, stored.trackedEvents, { segments: keyedSegments(before), computedTraits });
  return { answer: undefined, target: null, detail: { key }, note: { name: trait.name, definition: trait.definition } };
}

function checkKey(key: string): void {
  if (!KEY.test(key)) {
    throw new Refusal('INVALID_INPUT', 'key must have 1 to 64 of the characters a-z, 0-9, _ and -, and begin with a letter or digit.');
  }
}

function theSegment({ segments }: SegmentDefinitions, segmentId: string): StoredSegment {
  const segment = segments.find((each) => each.segmentId === segmentId);
  if (!segment) throw new Refusal('NOT_FOUND', 'There is no segment with this id.');
  return segment;
}

function keysOf(traits: readonly { readonly key: string }[]): ReadonlySet<string> {
  return new Set(traits.map(({ key }) => key));
}
