import fc from 'fast-check';
import { newUuidV7, uuidFromBytes, uuidFromName, uuidToBytes } from '../../src/kernel/uuid';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('ids', () => {
  it('made later sort later, and are UUIDs of version 7', () => {
    const instant = fc.integer({ min: 0, max: 2 ** 48 - 1 });
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        expect(newUuidV7(a)).toMatch(UUID);
        if (a < b) expect(newUuidV7(a) < newUuidV7(b)).toBe(true);
      }),
    );
  });

  it('made at the same moment differ', () => {
    expect(new Set(Array.from({ length: 1000 }, () => newUuidV7(1))).size).toBe(1000);
  });

  it('named by the same name are the same, by another differ', () => {
    expect(uuidFromName('1\nmessage')).toBe(uuidFromName('1\nmessage'));
    expect(uuidFromName('1\nmessage')).not.toBe(uuidFromName('2\nmessage'));
    expect(uuidFromName('1\nmessage')).toMatch(UUID);
  });

  it('survive being taken apart', () => {
    const uuid = newUuidV7(1_795_000_000_000);
    expect(uuidFromBytes(uuidToBytes(uuid))).toBe(uuid);
  });
});
