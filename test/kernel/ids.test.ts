import { innerId, parsePublicId, publicId } from '../../src/kernel/ids';

const UUID = '01a204cb-3f93-7467-becb-ac0a78c2104d';

describe('public ids', () => {
  it('say what they name and lead back to it', () => {
    expect(publicId('Profile', UUID)).toBe('prf_01a204cb3f937467becbac0a78c2104d');
    expect(parsePublicId(publicId('Profile', UUID))).toEqual({ kind: 'Profile', inner: UUID });
    expect(parsePublicId(publicId('Source', 12))).toEqual({ kind: 'Source', inner: '12' });
  });

  it.each([
    '',
    '_',
    'prf',
    'prf_',
    'prf_1',
    `xyz_${'0'.repeat(32)}`,
    `prf_${'g'.repeat(32)}`,
    `prf_${'0'.repeat(33)}`,
    'src_0',
    'src_9999999999',
    `prf_${'0'.repeat(32)}_`,
  ])('refuse %p as none of ours', (id) => {
    expect(parsePublicId(id)).toBeNull();
  });

  it('refuse another kind of thing as not found', () => {
    expect(() => innerId('Account', publicId('Profile', UUID))).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });
});
