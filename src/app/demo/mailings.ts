import { CAMPAIGNS } from './catalogue';
import { DAY_MS, HOUR_MS, type Life, MINUTE_MS, wakingIn } from './life';
import { visit } from './shopping';
import { rateMail } from './surveys';

/** What a campaign is about, where it is about one product: who has it already gets the mail all the same. */
const PROMOTED: Readonly<Record<string, { readonly product_id: string; readonly name: string }>> = {
  'New: Ethiopia Guji': { product_id: 'hr-105', name: 'Ethiopia Guji, washed, 250 g' },
  'Last Call: Grinders': { product_id: 'hr-301', name: 'Bosun Hand Grinder' },
};

/** Leaves an address on the site; a mistyped one bounces and is given again. From then on there is a mail every few weeks. */
export function subscribeToNews(life: Life): void {
  const { agenda, chance, voice, customer } = life;
  const device = customer.devices[0];
  if (!device) return;
  const { emailMistyped } = customer;
  voice.identifyOnSite(device, { email: emailMistyped ?? customer.emailAsTyped });
  voice.site(device, 'Consent Changed', { purpose: 'email', granted: true });
  if (emailMistyped !== null) {
    agenda.in(5 * MINUTE_MS, () =>
      voice.mail('Email Bounced', { email_subject: 'Welcome aboard', reason: 'no such mailbox' }, emailMistyped),
    );
    agenda.at(wakingIn(life, 2), () => voice.identifyOnSite(device, { email: customer.email }));
  }
  agenda.in(chance.between(3, 26) * DAY_MS, () => newsletter(life));
}

function newsletter(life: Life): void {
  const { agenda, chance, voice, customer, mood } = life;
  const campaign = chance.pick(CAMPAIGNS);
  const mail = {
    email_id: `mail-${chance.hex(8)}`,
    email_subject: campaign,
    campaign_name: campaign,
    campaign_id: campaign.toLowerCase().replace(/\W+/g, '-'),
    ...(PROMOTED[campaign] && { products: [PROMOTED[campaign]] }),
  };
  voice.mail('Email Delivered', mail);
  if (chance.happens(mood.gone ? 0.15 : 0.38)) {
    const openedInMs = chance.wait(7) * HOUR_MS;
    agenda.in(openedInMs, () => voice.mail('Email Opened', mail));
    if (chance.happens(0.25)) {
      agenda.in(openedInMs + MINUTE_MS, () => {
        voice.mail('Email Link Clicked', { ...mail, link_url: `https://www.harbour-roast.example.com/?c=${mail.campaign_id}` });
        visit(life);
      });
      if (chance.happens(0.3)) agenda.in(openedInMs + 20 * MINUTE_MS, () => rateMail(life));
    }
  }
  if (chance.happens(0.015 + 0.02 * mood.troubles)) {
    agenda.in(9 * HOUR_MS, () => voice.mail('Unsubscribed', { ...mail, list_name: 'Harbour News' }));
    return;
  }
  agenda.in(chance.between(24, customer.manner === 'reader' ? 34 : 46) * DAY_MS, () => newsletter(life));
}
