import type { InteractionKind } from '../../src/kernel/vocabulary';
import { consentsOf } from '../../src/timeline/consentsOf';

type Said = Parameters<typeof consentsOf>[0];

function said(kind: InteractionKind, parts: { name?: string; properties?: object; context?: object; channel?: Said['facts']['channel'] }) {
  const { name = 'Consent Changed', properties, context, channel = 'WEB' } = parts;
  return consentsOf({
    facts: { kind, name, channel, department: 'MARKETING', direction: 'INBOUND', subject: null },
    properties: properties ? JSON.stringify(properties) : null,
    context: context ? JSON.stringify(context) : null,
  });
}

describe('what an interaction says of consents', () => {
  it.each([
    [{ purpose: 'email', granted: true }, [{ purpose: 'email', granted: true }]],
    [{ purpose: ' analytics ', granted: 'false' }, [{ purpose: 'analytics', granted: false }]],
    [{ category: 'ads', purpose: '', granted: true }, [{ purpose: 'ads', granted: true }]],
    [{ channel: 'sms', granted: false }, [{ purpose: 'sms', granted: false }]],
    [{ purpose: 'E-Mail ✉️', granted: true }, [{ purpose: 'E-Mail ✉️', granted: true }]],
    [{ purpose: 'email' }, []],
    [{ purpose: 'email', granted: 1 }, []],
    [{ granted: true }, []],
    [{ purpose: 7, granted: true }, []],
    [{ purpose: '__proto__', granted: true }, [{ purpose: '__proto__', granted: true }]],
  ])('reads %j', (properties, consents) => {
    expect(said('CONSENT_CHANGED', { properties })).toEqual(consents);
  });

  it('goes by the name where the properties do not say whether it is granted', () => {
    expect(said('CONSENT_CHANGED', { name: 'Consent Withdrawn', properties: { purpose: 'email' } })).toEqual([
      { purpose: 'email', granted: false },
    ]);
    expect(said('CONSENT_CHANGED', { name: 'Consent Given', properties: { purpose: 'email' } })).toEqual([
      { purpose: 'email', granted: true },
    ]);
    expect(said('CONSENT_CHANGED', { name: 'Consent Given', properties: { purpose: 'email', granted: false } })).toEqual([
      { purpose: 'email', granted: false },
    ]);
  });

  it("reads the categories of Segment's consent preferences, each once", () => {
    const context = { consent: { categoryPreferences: { Advertising: true, Analytics: false, Odd: 'yes' } } };
    expect(said('CONSENT_CHANGED', { name: 'Segment Consent Preference Updated', context })).toEqual([
      { purpose: 'Advertising', granted: true },
      { purpose: 'Analytics', granted: false },
    ]);
  });

  it('takes an unsubscription for a consent to its channel that is not granted', () => {
    expect(said('UNSUBSCRIBED', { name: 'Unsubscribed', channel: 'EMAIL' })).toEqual([{ purpose: 'email', granted: false }]);
    expect(said('UNSUBSCRIBED', { name: 'SMS Unsubscribed', channel: 'SMS', properties: { channel: 'whatsapp' } })).toEqual([
      { purpose: 'whatsapp', granted: false },
    ]);
    expect(said('UNSUBSCRIBED', { channel: 'EMAIL', properties: { purpose: 'newsletter' } })).toEqual([
      { purpose: 'newsletter', granted: false },
    ]);
  });

  it('cuts a purpose that nobody could have meant, between two characters', () => {
    const [consent] = said('CONSENT_CHANGED', { properties: { purpose: '🙂'.repeat(500), granted: true } });
    expect(consent?.purpose).toBe('🙂'.repeat(200));
  });

  it('hears nothing of consents in anything else', () => {
    expect(said('CUSTOM', { properties: { purpose: 'email', granted: true } })).toEqual([]);
  });
});
