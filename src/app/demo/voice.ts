import type { Json, JsonObject } from '../../kernel/json';
import type { Department } from '../../kernel/vocabulary';
import type { Agenda } from './agenda';
import type { Customer, Device } from './customer';
import type { DemoMessage } from './demoMessage';

/** Which ids a message carries, and what its library puts into the context. */
interface Speaker {
  readonly department: Department;
  readonly ids: JsonObject;
  readonly context: JsonObject;
}

const BROWSERS: Readonly<Record<Device['form'], string>> = {
  laptop: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  phone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  tablet: 'Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
};
const SITE = 'https://www.harbour-roast.example.com';

/** Says in the tools of the four departments what one customer did: the marketing site and mailer, the shop, the app, the help desk. */
export class Voice {
  private said = 0;
  private signedUp = false;

  constructor(
    readonly customer: Customer,
    private readonly agenda: Agenda,
    private readonly hear: (message: DemoMessage) => void,
  ) {}

  /** From now on the site, the shop and the app know who it is. */
  signUp(): void {
    this.signedUp = true;
  }

  get isSignedUp(): boolean {
    return this.signedUp;
  }

  page(device: Device, name: string, path: string, campaign?: JsonObject): void {
    const context = { page: { path, title: name, url: SITE + path }, ...(campaign && { campaign }) };
    this.say(this.browser('MARKETING', device), { type: 'page', name, properties: { name, path, title: name, url: SITE + path }, context });
  }

  /** On the marketing site. */
  site(device: Device, event: string, properties: JsonObject): void {
    this.track(this.browser('MARKETING', device), event, properties);
  }

  /** In the shop, which belongs to sales. */
  shop(device: Device, event: string, properties: JsonObject): void {
    this.track(this.browser('SALES', device), event, properties);
  }

  identifyOnSite(device: Device, traits: JsonObject): void {
    this.say(this.browser('MARKETING', device), { type: 'identify', traits });
  }

  identifyInShop(device: Device, traits: JsonObject): void {
    this.say(this.browser('SALES', device), { type: 'identify', traits });
  }

  app(device: Device, event: string, properties: JsonObject): void {
    this.track(this.appSpeaker(device), event, properties);
  }

  screen(device: Device, name: string): void {
    this.say(this.appSpeaker(device), { type: 'screen', name, properties: { name } });
  }

  group(device: Device): void {
    const { account } = this.customer;
    if (!account) return;
    const { groupId, name, industry, employees } = account;
    this.say(this.appSpeaker(device), { type: 'group', groupId, traits: { name, industry, employees, plan: 'Office' } });
  }

  /** The mailer knows an address, and the user's id where it was told. */
  mail(event: string, properties: JsonObject, address: string = this.customer.email): void {
    const ids = this.signedUp ? { userId: this.customer.userId } : { anonymousId: `mail-${address}` };
    this.track(
      { department: 'MARKETING', ids, context: { traits: { email: address }, library: { name: 'harbour-mailer', version: '4.1' } } },
      event,
      properties,
    );
  }

  /** Sales' back office: payments, parcels, deals. */
  crm(event: string, properties: JsonObject): void {
    this.track({ department: 'SALES', ids: this.knownIds('crm'), context: this.server({ email: this.customer.email }) }, event, properties);
  }

  /** Product's back end: subscriptions. */
  backend(event: string, properties: JsonObject): void {
    this.track({ department: 'PRODUCT', ids: { userId: this.customer.userId }, context: this.server() }, event, properties);
  }

  /** The help desk has its own number for everybody, and whatever the customer wrote or called from. */
  desk(event: string, properties: JsonObject, from: JsonObject = { email: this.customer.emailAsTyped }): void {
    const { key } = this.customer;
    const externalIds = [{ id: `zd-${key}`, type: 'zendesk.user_id', collection: 'users', encoding: 'none' }];
    const context = { ...this.server(from), externalIds };
    this.track({ department: 'SUPPORT', ids: { anonymousId: `desk-${key}` }, context }, event, properties);
  }

  private knownIds(tool: string): JsonObject {
    return this.signedUp ? { userId: this.customer.userId } : { anonymousId: `${tool}-${this.customer.key}` };
  }

  private server(traits?: JsonObject): JsonObject {
    return { library: { name: '@segment/analytics-node', version: '3.1.0' }, ...(traits && { traits }) };
  }

  private browser(department: Department, device: Device): Speaker {
    const { country } = this.customer;
    const library = { name: 'analytics.js', version: 'npm:next-1.84.3' };
    const context = { library, userAgent: BROWSERS[device.form], locale: country.locale, timezone: country.timezone };
    return { department, ids: this.deviceIds(device), context };
  }

  private appSpeaker(device: Device): Speaker {
    const { country } = this.customer;
    const isMobile = device.form !== 'laptop';
    const library = isMobile ? { name: 'analytics-ios', version: '4.1.8' } : { name: 'analytics.js', version: 'npm:next-1.84.3' };
    const mobile = isMobile
      ? {
          device: { id: device.anonymousId, type: 'ios', model: device.form === 'phone' ? 'iPhone15,4' : 'iPad14,8' },
          app: { version: '2.8.1' },
        }
      : {};
    const team = this.customer.account ? { groupId: this.customer.account.groupId } : {};
    return {
      department: 'PRODUCT',
      ids: this.deviceIds(device),
      context: { library, ...mobile, ...team, locale: country.locale, timezone: country.timezone },
    };
  }

  private deviceIds(device: Device): JsonObject {
    const { anonymousId } = device;
    return this.signedUp ? { userId: this.customer.userId, anonymousId } : { anonymousId };
  }

  private track(speaker: Speaker, event: string, properties: JsonObject): void {
    this.say(speaker, { type: 'track', event, properties });
  }

  private say(speaker: Speaker, body: { readonly context?: JsonObject; readonly [field: string]: Json | undefined }): void {
    const atMs = this.agenda.nowMs;
    const messageId = `demo-${this.customer.key}-${this.said++}`;
    const context = body.context ? { ...speaker.context, ...body.context } : speaker.context;
    this.hear({
      department: speaker.department,
      atMs,
      message: { messageId, timestamp: new Date(atMs).toISOString(), ...speaker.ids, ...body, context },
    });
  }
}
