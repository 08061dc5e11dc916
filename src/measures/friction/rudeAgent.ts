import { abusiveWordsIn } from '../../timeline/sentiment/abusiveWords';
import { agentWords } from '../../timeline/sentiment/spokenWords';
import { nextDoneAtMs } from './conversationCourse';
import type { FrictionHistory } from './history';
import type { Sign } from './sign';

const SENTENCES = /[^.!?\n]+[.!?]*/gu;
/** Who is sorry for something bad has to name it. */
const REGRETS = /\b(sorry|apolog\w*|regret\w*|unfortunate\w*|sympath\w*|understand\w*|inconvenience)\b/iu;

/**
 * A person of the company says something abusive to the customer (HIGH), or something as negative as rude words are; sentences that apologise or
 * regret are left out of that. Grain: a message. Over when the conversation is.
 */
export function rudeAgents({ facts, conversations, settings, sentimentOf }: FrictionHistory): Sign[] {
  const conversationOf = new Map(
    conversations.flatMap((conversation) => conversation.facts.map((fact) => [fact.interactionId, conversation])),
  );
  return facts.flatMap((fact) => {
    const words = agentWords(fact);
    if (words === null) return [];
    const abusive = abusiveWordsIn(words);
    const sentiment = sentimentOf(withoutRegrets(words));
    if (abusive.length === 0 && (sentiment === null || sentiment > settings.rudeFrom)) return [];
    const conversation = conversationOf.get(fact.interactionId);
    const agent = fact.properties['agent_name'];
    return [
      {
        kind: 'RUDE_AGENT' as const,
        about: fact,
        evidence: [fact],
        severity: abusive.length > 0 ? ('HIGH' as const) : ('MEDIUM' as const),
        detectedAtMs: fact.occurredAtMs,
        endsAtMs: conversation ? nextDoneAtMs(conversation, fact.occurredAtMs) : null,
        message: `${typeof agent === 'string' && agent ? agent : 'An agent'} used ${abusive.length > 0 ? 'abusive' : 'harsh'} words`,
      },
    ];
  });
}

function withoutRegrets(words: string): string {
  return (words.match(SENTENCES) ?? []).filter((sentence) => !REGRETS.test(sentence)).join(' ');
}
