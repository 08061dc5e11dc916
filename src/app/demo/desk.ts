import type { JsonObject } from '../../kernel/json';
import { ARTICLES } from './catalogue';
import { deviceOf, HOUR_MS, type Life, MINUTE_MS } from './life';
import { askAfterTicket } from './surveys';
import { AGENT_REPLIES, AGENTS, inLanguage, RUDE_REPLIES, TOPICS, type Topic } from './words';

/** A conversation under way: how to speak about it, and who is on it. */
interface Conversation {
  readonly subject: JsonObject;
  readonly from: JsonObject;
  readonly agent: string;
  readonly topic: Topic;
}

/** A ticket by e-mail or web form, a call, or a chat; solved well or badly as its topic and luck will have it. */
export function openTicket(life: Life, topicKey: string, about: JsonObject = {}): void {
  const { chance } = life;
  const topic = TOPICS.find((candidate) => candidate.key === topicKey) ?? chance.weighted(TOPICS);
  const way = chance.fraction();
  if (way < 0.22) chat(life, topic);
  else if (way < 0.4 && life.customer.phones.length > 0) call(life, topic, about);
  else ticket(life, topic, about);
}

export function contactSupport(life: Life): void {
  const { chance, voice } = life;
  const device = deviceOf(life);
  if (chance.happens(0.3))
    voice.site(device, 'Article Viewed', {
      article_title: chance.pick(ARTICLES),
    });
  openTicket(life, chance.weighted(TOPICS).key);
}

function ticket(life: Life, topic: Topic, about: JsonObject): void {
  const { agenda, chance, voice, customer, tickets } = life;
  const [title, question] = inLanguage(topic.words, customer.country.language);
  const channel = chance.happens(0.7) ? 'email' : 'web';
  const subject = { ticket_id: String(tickets.take()), channel, ...about };
  const conversation: Conversation = { subject, from: { email: customer.emailAsTyped }, agent: chance.pick(AGENTS), topic };
  const priority = topic.trouble > 0.3 ? 'high' : 'normal';
  voice.desk('Ticket Created', { ...subject, subject: title, description: question, topic: topic.key, priority });
  agenda.in(chance.between(5, 40) * MINUTE_MS, () => voice.desk('Ticket Assigned', { ...subject, assignee: conversation.agent }));
  const replyHours = chance.happens(topic.trouble) ? chance.between(20, 70) : chance.between(0.5, 7);
  agenda.in(replyHours * HOUR_MS, () => answer(life, conversation, replyHours > 20));
  // who waits long enough picks up the telephone
  const callsInHours = chance.between(3, 23);
  if (replyHours > 20 && customer.phones.length > 0 && chance.happens(0.3))
    agenda.in(callsInHours * HOUR_MS, () => call(life, topic, { ...about, ticket_id: subject.ticket_id }));
}

function answer(life: Life, conversation: Conversation, wasSlow: boolean): void {
  const { agenda, chance, voice, customer } = life;
  const replies =
    customer.country.language === 'en' && chance.happens(0.03) ? RUDE_REPLIES : inLanguage(AGENT_REPLIES, customer.country.language);
  reply(life, conversation, 'agent', chance.pick(replies));
  if (chance.happens(conversation.topic.trouble * 0.4)) {
    agenda.in(2 * HOUR_MS, () =>
      voice.desk('Ticket Escalated', { ...conversation.subject, escalated_to: 'Tier 2', reason: 'needs the warehouse' }),
    );
    agenda.in(3 * HOUR_MS, () => voice.desk('Ticket Put On Hold', { ...conversation.subject, reason: 'waiting for the carrier' }));
  }
  if (chance.happens(0.5))
    agenda.in(chance.between(1, 20) * HOUR_MS, () =>
      reply(life, conversation, 'customer', wasSlow ? 'It took you two days to answer.' : 'Thanks!'),
    );
  agenda.in(chance.between(21, 50) * HOUR_MS, () => solve(life, conversation, wasSlow));
}

function reply(life: Life, { subject, from, agent }: Conversation, author: 'agent' | 'customer', comment: string): void {
  life.voice.desk(
    'Ticket Replied',
    { ...subject, author_role: author, ...(author === 'agent' && { agent_name: agent }), comment, public: true },
    from,
  );
}

function solve(life: Life, conversation: Conversation, wasSlow: boolean, reopened = false): void {
  const { agenda, chance, voice, mood } = life;
  const rating = chance.happens(0.3) ? { internal_rating: chance.whole(wasSlow ? 6 : 8, 10), scale_max: 10 } : {};
  voice.desk('Ticket Solved', { ...conversation.subject, assignee: conversation.agent, ...rating });
  const reopens = !reopened && chance.happens(conversation.topic.trouble * 0.6);
  if (reopens) {
    agenda.in(chance.between(5, 40) * HOUR_MS, () => {
      voice.desk('Ticket Reopened', { ...conversation.subject, reason: 'still not working' });
      mood.troubles++;
      agenda.in(chance.between(3, 30) * HOUR_MS, () => reply(life, conversation, 'agent', 'I am sorry that this is not solved yet.'));
      agenda.in(chance.between(31, 60) * HOUR_MS, () => solve(life, conversation, true, true));
    });
    return;
  }
  if (wasSlow) mood.troubles++;
  agenda.in(HOUR_MS, () => askAfterTicket(life, conversation.subject, wasSlow || reopened));
  agenda.in(96 * HOUR_MS, () => voice.desk('Ticket Closed', conversation.subject));
}

/** What the bot says, one thing after another where it is not stopped. */
const BUOY = [
  'Hello! I am Buoy. Have you tried our help pages?',
  'I have found an article for you: Where is my parcel?',
  'I did not understand that. Have you tried our help pages?',
] as const;

function chat(life: Life, topic: Topic): void {
  const { agenda, chance, voice, customer } = life;
  const subject = { conversation_id: `chat-${chance.hex(8)}` };
  const [, question] = inLanguage(topic.words, customer.country.language);
  const agent = chance.pick(AGENTS);
  voice.desk('Live Chat Conversation Started', { ...subject, message_body: question });
  const buoys = chance.happens(0.15) ? BUOY : BUOY.slice(0, 1);
  for (const [turn, message_body] of buoys.entries())
    agenda.in(4_000 + turn * 15_000, () => voice.desk('Bot Replied', { ...subject, message_body }));
  agenda.in(MINUTE_MS, () => voice.desk('Live Chat Message Sent', { ...subject, message_body: 'I would like to talk to a person.' }));
  agenda.in(2 * MINUTE_MS, () => voice.desk('Bot Handed Off', { ...subject, agent_name: agent }));
  const waitMs = (chance.happens(topic.trouble) ? chance.between(8, 25) : chance.between(1, 4)) * MINUTE_MS;
  const words = chance.pick(inLanguage(AGENT_REPLIES, customer.country.language));
  agenda.in(2 * MINUTE_MS + waitMs, () => voice.desk('Live Chat Message Received', { ...subject, agent_name: agent, message_body: words }));
  agenda.in(9 * MINUTE_MS + waitMs, () =>
    voice.desk('Live Chat Conversation Ended', { ...subject, conversation_duration: 540 + Math.round(waitMs / 1000) }),
  );
}

function call(life: Life, topic: Topic, about: JsonObject): void {
  const { agenda, chance, voice, customer } = life;
  const from = { phone: chance.pick(customer.phones) };
  const subject = { call_id: `call-${chance.hex(8)}`, ...about };
  voice.desk('Call Started', { ...subject, topic: topic.key, direction: 'inbound' }, from);
  if (chance.happens(0.15)) {
    const waitSeconds = chance.whole(190, 700);
    agenda.in(waitSeconds * 1000, () => voice.desk('Call Abandoned', { ...subject, wait_seconds: waitSeconds }, from));
    agenda.in(26 * HOUR_MS, () => ticket(life, topic, about));
    life.mood.troubles++;
    return;
  }
  const durationSeconds = chance.whole(100, 900);
  agenda.in(durationSeconds * 1000, () => {
    // the desk asks callers for their address, which joins the number to the rest
    voice.desk(
      'Call Ended',
      { ...subject, duration_seconds: durationSeconds, agent_name: chance.pick(AGENTS) },
      { ...from, email: customer.email },
    );
    if (chance.happens(0.3)) agenda.in(HOUR_MS, () => askAfterTicket(life, subject, false));
  });
}
