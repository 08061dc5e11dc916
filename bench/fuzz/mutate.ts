import { isJsonObject, type Json } from '../../src/kernel/json';
import type { Chance } from './chance';
import type { Nonsense } from './nonsense';

/** A payload in which some things are not what they were: replaced, taken away, said twice, called otherwise, or of another type. */
export function mutatedJson(payload: Json, chance: Chance, nonsense: Nonsense): Json {
  let value = payload;
  for (let times = 1 + chance.below(5); times > 0; times--)
    value = changedAt(value, { left: chance.below(placesIn(value)) }, chance, nonsense);
  return value;
}

function placesIn(value: Json): number {
  let places = 1;
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) places += placesIn(part ?? null);
  return places;
}

function changedAt(value: Json, place: { left: number }, chance: Chance, nonsense: Nonsense): Json {
  if (place.left-- === 0) return changed(value, chance, nonsense);
  if (Array.isArray(value)) return value.map((part: Json) => changedAt(part, place, chance, nonsense));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, changedAt(part ?? null, place, chance, nonsense)]));
}

function changed(value: Json, chance: Chance, nonsense: Nonsense): Json {
  if (chance.isTrue(0.4)) return nonsense.value(chance);
  if (Array.isArray(value)) return chance.isTrue(0.5) ? [...value, ...value] : value.slice(1);
  if (isJsonObject(value)) return changedMembers(value, chance, nonsense);
  return chance.pick<Json>(
    [String(value), Number(value), [value], { value }, `${value}`.repeat(50)].filter((other) => !Number.isNaN(other)),
  );
}

function changedMembers(object: { readonly [key: string]: Json | undefined }, chance: Chance, nonsense: Nonsense): Json {
  const members = Object.entries(object);
  const place = chance.below(members.length + 1);
  if (chance.isTrue(0.4)) return Object.fromEntries(members.toSpliced(place, 1));
  const [name, part] = members[place] ?? ['', null];
  const added: [string, Json] = chance.isTrue(0.5) ? [nonsense.text(chance), part ?? null] : [name, nonsense.value(chance)];
  return Object.fromEntries([...members, added]);
}

/** Bytes of which some are others, are gone, or stand there twice; now and then with a member of an object said twice. */
export function mutatedBytes(bytes: Buffer, chance: Chance): Buffer {
  let changed = bytes;
  for (let times = 1 + chance.below(4); times > 0; times--) changed = withOneChange(changed, chance);
  return changed;
}

function withOneChange(bytes: Buffer, chance: Chance): Buffer {
  const from = chance.below(bytes.length + 1);
  const to = Math.min(bytes.length, from + 1 + chance.below(20));
  switch (chance.below(6)) {
    case 0: {
      const flipped = Buffer.from(bytes);
      if (flipped.length > 0) flipped[from % flipped.length] = (flipped[from % flipped.length] as number) ^ (1 << chance.below(8));
      return flipped;
    }
    case 1:
      return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
    case 3:
      return bytes.subarray(0, from);
    case 4:
      return chance.isTrue(0.9)
        ? withOneChange(bytes, chance)
        : Buffer.concat([bytes.subarray(0, from), deep(chance), bytes.subarray(from)]);
    default:
      return Buffer.from(bytes.toString('latin1').replace(/("[^"]{1,40}":)/, `$1${chance.below(2) === 0 ? 'null' : '[[1]]'},$1`), 'latin1');
  }
}

function deep(chance: Chance): Buffer {
  return Buffer.from(chance.pick(['[', '{"a":', '{']).repeat(10 ** (2 + chance.below(4))));
}
