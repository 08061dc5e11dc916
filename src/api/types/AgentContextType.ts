import { Arg, Field, Int, ObjectType } from 'type-graphql';
import type { Json, JsonObject } from '../../kernel/json';
import { Refusal } from '../../kernel/refusals';
import type { Channel } from '../../kernel/vocabulary';
import { preferredChannel } from '../../measures/preferredChannel';
import { openConversations } from '../../measures/profileExperience';
import { suggestionsOf } from '../../measures/suggestions';
import { propertiesOf } from '../customerFacts';
import type { CustomerView } from '../customerView';
import { maskField, maskObject } from '../masking';
import type { InteractionRecord } from '../ports/timelineReader';
import { JsonObjectScalar } from '../scalars';
import { ConversationType } from './ConversationType';
import { ChannelEnum } from './enums';
import { SuggestionType } from './FrictionSignalType';
import { InteractionType } from './InteractionType';
import type { ProfileType } from './ProfileType';
import { CartType, OrderType } from './SalesTypes';

const MOST = 200;

@ObjectType('AgentContext', { description: 'What an agent needs before saying hello.' })
export class AgentContextType {
  constructor(
    private readonly profile: ProfileType,
    private readonly view: CustomerView,
    private readonly masked: boolean,
  ) {}

  @Field(() => [ConversationType], { description: 'Neither solved nor closed, the last opened first.' })
  async openConversations(): Promise<readonly ConversationType[]> {
    const { conversations } = await this.view.told();
    return this.shown(openConversations(conversations));
  }

  @Field(() => [ConversationType], { description: 'The last opened first.' })
  async recentConversations(
    @Arg('first', () => Int, { nullable: true, defaultValue: 5 }) first: number | null,
  ): Promise<readonly ConversationType[]> {
    const { conversations } = await this.view.told();
    return this.shown(conversations).slice(0, sizeOf(first));
  }

  @Field(() => CartType, { nullable: true, description: 'Null once ordered or emptied.' })
  async cart(): Promise<CartType | null> {
    const { cart } = await this.view.told();
    return cart && new CartType(cart, this.masked);
  }

  @Field(() => [OrderType], { description: 'The last placed first.' })
  async recentOrders(@Arg('first', () => Int, { nullable: true, defaultValue: 5 }) first: number | null): Promise<readonly OrderType[]> {
    const { orders } = await this.view.told();
    return [...orders]
      .reverse()
      .slice(0, sizeOf(first))
      .map((order) => new OrderType(order, this.masked));
  }

  @Field(() => [InteractionType], {
    description: 'Of each e-mail what happened to it last, the last first: clicked, opened, delivered or sent.',
  })
  async recentEmails(
    @Arg('first', () => Int, { nullable: true, defaultValue: 5 }) first: number | null,
  ): Promise<readonly InteractionType[]> {
    const told = await this.view.factsOf('EMAIL_SENT', 'EMAIL_DELIVERED', 'EMAIL_OPENED', 'EMAIL_CLICKED');
    const lastOfEach = new Map<string, InteractionRecord>();
    for (const record of told) {
      const email = `${record.sourceId} ${record.subjectId ?? record.interactionId}`;
      if (!lastOfEach.has(email)) lastOfEach.set(email, record);
    }
    return this.interactions([...lastOfEach.values()].slice(0, sizeOf(first)));
  }

  @Field(() => [String], { description: 'Each once, the last first; masked without the scope pii:read, as on the timeline.' })
  async recentSearches(@Arg('first', () => Int, { nullable: true, defaultValue: 5 }) first: number | null): Promise<readonly string[]> {
    const searched = await this.view.factsOf('SEARCHED');
    const queries = searched.flatMap(({ properties }) => textOf(propertiesOf(properties)['query']) ?? []);
    const shown = this.masked ? queries.map((query) => String(maskField('query', query))) : queries;
    return [...new Set(shown)].slice(0, sizeOf(first));
  }

  @Field(() => [JsonObjectScalar], {
    description: 'Looked at among the newest 500 interactions, each once, the last first: as the site sent them.',
  })
  async recentProducts(@Arg('first', () => Int, { nullable: true, defaultValue: 5 }) first: number | null): Promise<readonly JsonObject[]> {
    const viewed = (await this.view.newest()).filter(({ kind }) => kind === 'PRODUCT_VIEWED');
    const products = new Map<string, JsonObject>();
    for (const { properties: text } of viewed) {
      const properties = propertiesOf(text);
      const product = ['product_id', 'sku', 'name'].map((key) => textOf(properties[key])).find((id) => id !== null) ?? text;
      if (!products.has(product)) products.set(product, this.masked ? maskObject(properties) : properties);
    }
    return [...products.values()].slice(0, sizeOf(first));
  }

  @Field(() => ChannelEnum, { nullable: true, description: 'Stated in the traits, else the one the customer wrote and called on most.' })
  preferredChannel(): Promise<Channel | null> {
    return this.preferred();
  }

  @Field(() => String, { nullable: true, description: "Of the profile, else the locale of the customer's newest device." })
  async language(): Promise<string | null> {
    return this.profile.language ?? (await this.view.facts()).locale;
  }

  @Field(() => String, { nullable: true, description: "Stated in the traits, else that of the customer's newest device; an IANA name." })
  async timezone(): Promise<string | null> {
    const traits = this.profile.traits(['timezone', 'timeZone', 'time_zone']);
    const stated = Object.values(traits).flatMap((value) => textOf(value) ?? []);
    return stated[0] ?? (await this.view.facts()).timezone;
  }

  @Field(() => InteractionType, { nullable: true })
  async lastInteraction(): Promise<InteractionType | null> {
    const [last] = await this.view.newest();
    return last ? (this.interactions([last])[0] ?? null) : null;
  }

  @Field(() => [SuggestionType], {
    description: 'What to do next, each with the rule and the interactions behind it. The most urgent first.',
  })
  async suggestions(): Promise<readonly SuggestionType[]> {
    const customer = await this.view.told();
    const { history, friction } = customer;
    const basis = { history, signals: friction.signals, preferredChannel: await this.preferred(), nowMs: this.view.nowMs };
    const about = { masked: this.masked, evidenceOf: this.evidenceOf };
    return suggestionsOf(basis).map((suggestion) => new SuggestionType(suggestion, about));
  }

  private readonly evidenceOf = async (interactionIds: readonly string[]) => this.interactions(await this.view.recordsOf(interactionIds));

  private async preferred(): Promise<Channel | null> {
    const { facts } = await this.view.facts();
    return preferredChannel(facts, this.profile.traits(null));
  }

  private shown(conversations: Parameters<typeof openConversations>[0]): ConversationType[] {
    return [...conversations].reverse().map((conversation) => new ConversationType(conversation, this.masked));
  }

  private interactions(records: readonly InteractionRecord[]): InteractionType[] {
    return records.map((record) => new InteractionType(record, this.masked, this.profile));
  }
}

function sizeOf(first: number | null): number {
  const size = first ?? 5;
  if (size >= 0 && size <= MOST) return size;
  throw new Refusal('INVALID_INPUT', `first must be a whole number from 0 to ${MOST}.`);
}

function textOf(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
