import type { InteractionKind } from '../../kernel/vocabulary';
import { after, lasting, list, nameHas, numbered, over, type Phrase, phrase, quoted, reason, said, type Told } from './told';

const NOUNS: Readonly<Record<string, string>> = {
  ticket: 'Ticket',
  case: 'Case',
  chat: 'Chat',
  call: 'Call',
  conversation: 'Conversation',
};

/** `Ticket 35436`, `Conversation abd627`. */
const matter = (told: Told) => numbered(NOUNS[told.subject?.type ?? ''] ?? 'Conversation', told, ...Object.keys(NOUNS));
const title = (told: Told) => quoted(said(told.properties, 'subject', 'title', 'topic', 'message_body', 'description', 'text'));
const words = (told: Told) => quoted(said(told.properties, 'message_body', 'comment', 'body', 'text', 'message'));
/** Numbers and long codes are ids of an agent, whom people know by name. */
const ID_OF_AGENT = /^\d+$|^(?=.*\d)[A-Za-z0-9]{12,}$/;
const agent = (told: Told) => {
  const named = ['assignee', 'agent_name', 'assignee_name', 'agent_username', 'team', 'group', 'assignee_group'];
  return named.map((name) => said(told.properties, name)).find((name) => name !== '' && !ID_OF_AGENT.test(name)) ?? '';
};
const callLasting = (told: Told) => lasting(told.properties['duration_seconds'] ?? told.properties['duration']);

/** Support and feedback, one line a kind. */
export const CARE_PHRASES = {
  CONVERSATION_OPENED: (told) => list(phrase(matter(told), 'opened', over(told.channel)), title(told)),
  CONVERSATION_REPLIED: replied,
  CONVERSATION_ASSIGNED: (told) => phrase(matter(told), 'assigned', after('to', agent(told))),
  CONVERSATION_ESCALATED: (told) =>
    list(phrase(matter(told), 'escalated', after('to', said(told.properties, 'escalated_to', 'tier', 'team', 'assignee'))), reason(told)),
  CONVERSATION_ON_HOLD: (told) =>
    list(phrase(matter(told), nameHas(told, 'pending') ? 'waits for the customer' : 'put on hold'), reason(told)),
  CONVERSATION_SOLVED: (told) => phrase(matter(told), 'solved', after('by', agent(told))),
  CONVERSATION_REOPENED: (told) => list(phrase(matter(told), 'reopened'), reason(told)),
  CONVERSATION_CLOSED: (told) =>
    list(phrase(matter(told), 'closed'), after('after', lasting(told.properties['conversation_duration'])), reason(told)),
  CALL_STARTED: (told) => list(phrase(matterOfCall(told), 'started'), title(told)),
  CALL_ENDED: (told) => list(phrase(matterOfCall(told), 'ended'), after('after', callLasting(told))),
  CALL_ABANDONED: (told) =>
    list(phrase(matterOfCall(told), 'abandoned'), after('after', lasting(told.properties['wait_seconds']) || callLasting(told))),
  BOT_REPLIED: (told) => list('Bot replied', words(told)),
  BOT_HANDED_OFF: (told) => list(phrase('Bot handed off', after('to', agent(told))), reason(told)),
  ARTICLE_VIEWED: (told) => phrase('Help article', quoted(said(told.properties, 'article_title', 'title', 'name', 'article_id')), 'viewed'),
  SURVEY_SENT: (told) => phrase(survey(told), 'sent', over(told.channel)),
  SURVEY_ANSWERED: surveyAnswered,
  FEEDBACK_GIVEN: (told) =>
    list(phrase(nameHas(told, 'complaint') ? 'Complaint made' : 'Feedback given', over(told.channel)), score(told), comment(told)),
  EMPLOYEE_FEEDBACK_GIVEN: (told) => list('Employee feedback given', score(told), comment(told)),
} satisfies Partial<Record<InteractionKind, Phrase>>;

function matterOfCall(told: Told): string {
  const call = numbered('call', told, 'call');
  return told.direction === 'OUTBOUND' ? `Outbound ${call}` : `C${call.slice(1)}`;
}

function replied(told: Told): string {
  if (told.direction === 'INTERNAL') return list(`Note on ${lowerFirst(matter(told))}`, words(told));
  const who = told.direction === 'OUTBOUND' ? said(told.properties, 'agent_name', 'author_name', 'assignee') || 'Agent' : 'Customer';
  const answer = told.subject ? `replied in ${lowerFirst(matter(told))}` : phrase('wrote', over(told.channel));
  return list(`${who} ${answer}`, words(told));
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

const comment = (told: Told) => quoted(said(told.properties, 'comment', 'feedback', 'text', 'message', 'verbatim', 'body'));

function score(told: Told): string {
  const given = said(told.properties, 'score', 'rating', 'value', 'answer');
  const most = said(told.properties, 'scale_max', 'max', 'out_of');
  return given && phrase(given, after('of', most));
}

function survey(told: Told): string {
  const type = said(told.properties, 'survey_type', 'type', 'metric');
  for (const measure of ['nps', 'csat', 'ces']) {
    if (type.toLowerCase() === measure || told.name.slice(0, 4).toLowerCase() === `${measure} `) return `${measure.toUpperCase()} survey`;
  }
  return phrase('Survey', quoted(said(told.properties, 'survey_name', 'name', 'title')));
}

function surveyAnswered(told: Told): string {
  const given = score(told);
  return list(phrase(survey(told), 'answered') + (given && `: ${given}`), comment(told));
}
