import type { InteractionKind } from '../../kernel/vocabulary';
import { moneyOf } from './moneyText';
import { after, items, list, nameHas, type Phrase, phrase, quoted, reason, said, type Told } from './told';

export const emailTitle = (told: Told) =>
  phrase('E-mail', quoted(said(told.properties, 'email_subject', 'subject', 'campaign_name', 'campaign.name')));
const adTitle = (told: Told) =>
  phrase('Ad', quoted(said(told.properties, 'ad_name', 'campaign_name', 'name', 'campaign.name', 'creative')));
const productTitle = (told: Told) => quoted(said(told.properties, 'product_name', 'name', 'title', 'sku', 'product_id'));

const MESSAGE_NOUNS: Partial<Record<Told['channel'], string>> = {
  SMS: 'SMS',
  MESSENGER: 'Messenger message',
  MOBILE_APP: 'Push notification',
  POSTAL: 'Letter',
};

/** Marketing and discovery, one line a kind. */
export const MARKETING_PHRASES = {
  AD_SEEN: (told) => list(`${adTitle(told)} seen`, after('on', said(told.properties, 'platform', 'network', 'campaign.source'))),
  AD_CLICKED: (told) => list(`${adTitle(told)} clicked`, after('on', said(told.properties, 'platform', 'network', 'campaign.source'))),
  EMAIL_SENT: (told) => `${emailTitle(told)} sent`,
  EMAIL_DELIVERED: (told) => `${emailTitle(told)} delivered`,
  EMAIL_OPENED: (told) => `${emailTitle(told)} opened`,
  EMAIL_CLICKED: (told) =>
    list(phrase('Link in', emailTitle(told).replace(/^E/, 'e'), 'clicked'), said(told.properties, 'link_url', 'url')),
  EMAIL_BOUNCED: (told) => list(`${emailTitle(told)} bounced`, reason(told)),
  UNSUBSCRIBED: (told) => phrase('Unsubscribed', after('from', quoted(said(told.properties, 'list_name', 'campaign_name')))),
  MESSAGE_SENT: (told) =>
    phrase(
      MESSAGE_NOUNS[told.channel] ?? 'Message',
      quoted(said(told.properties, 'title', 'campaign.name', 'campaign_name', 'message_body', 'body', 'text')),
      nameHas(told, 'received') ? 'received' : 'sent',
    ),
  PROMOTION_VIEWED: (told) =>
    phrase('Promotion', quoted(said(told.properties, 'name', 'creative', 'promotion_id')), nameHas(told, 'click') ? 'clicked' : 'viewed'),
  REVIEW_READ: (told) => phrase('Review', after('of', productTitle(told)), 'read'),
  REVIEW_POSTED: (told) =>
    list(
      phrase('Review', after('of', productTitle(told)), 'posted'),
      after('rating', said(told.properties, 'rating', 'score')),
      quoted(said(told.properties, 'review_body', 'review_title')),
    ),
  REFERRAL_MADE: referral,
  COMMUNITY_POSTED: (told) =>
    phrase(
      'Posted',
      quoted(said(told.properties, 'title', 'topic', 'text', 'body')),
      after('in', said(told.properties, 'community', 'forum', 'network')),
    ),
  PAGE_VIEWED: (told) => list(phrase('Page', quoted(pageTitle(told)), 'viewed'), said(told.properties, 'path', 'url')),
  SCREEN_VIEWED: (told) => phrase('Screen', quoted(pageTitle(told)), 'viewed'),
  SEARCHED: searched,
  PRODUCT_VIEWED: productViewed,
  LOCATION_VISITED: (told) =>
    list(
      phrase('Visited', said(told.properties, 'location_name', 'store_name', 'location', 'name') || 'a location'),
      said(told.properties, 'city'),
    ),
} satisfies Partial<Record<InteractionKind, Phrase>>;

function pageTitle(told: Told): string {
  const name = ['Page Viewed', 'Screen Viewed'].includes(told.name) ? '' : said({ name: told.name }, 'name');
  return name || said(told.properties, 'title', 'name');
}

function referral(told: Told): string {
  if (nameHas(told, 'invit')) return list('Invited somebody', after('as', said(told.properties, 'invitee_role')));
  if (nameHas(told, 'cart')) return list('Cart shared', items(told.properties), after('via', said(told.properties, 'share_via')));
  const product = productTitle(told);
  const what = nameHas(told, 'product') ? phrase('Product', product, 'shared') : 'Somebody referred';
  return list(what, after('via', said(told.properties, 'share_via')));
}

function searched(told: Told): string {
  if (nameHas(told, 'filter')) return phrase('Product list', quoted(said(told.properties, 'category', 'list_id')), 'filtered');
  const results = said(told.properties, 'results', 'result_count', 'results_count');
  return list(
    phrase('Searched', after('for', quoted(said(told.properties, 'query', 'search_term', 'q')))),
    results && `${results} results`,
  );
}

function productViewed(told: Told): string {
  const verb = nameHas(told, 'click') ? 'clicked' : 'viewed';
  if (nameHas(told, 'list') || nameHas(told, 'categor')) {
    return list(phrase('Product list', quoted(said(told.properties, 'category', 'list_id')), verb), items(told.properties, 'product'));
  }
  return list(phrase('Product', productTitle(told), verb), moneyOf(told.properties, 'price', 'value'));
}
