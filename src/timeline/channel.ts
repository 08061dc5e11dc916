import type { ReadContext } from '../intake/readMembers';
import { isJsonObject, type Json } from '../kernel/json';
import { CHANNELS, type Channel } from '../kernel/vocabulary';

/** What tools call their channels, beside the names of ours: Zendesk's via, Intercom's delivered_as, Segment's context.channel. */
// biome-ignore format: pairs side by side
const CHANNEL_WORDS = new Map<string, Channel>([
  ...CHANNELS.map((channel): [string, Channel] => [channel.toLowerCase(), channel]),
  ['browser', 'WEB'], ['website', 'WEB'], ['web_form', 'WEB'], ['help_center', 'WEB'], ['web_widget', 'WEB'],
  ['mobile', 'MOBILE_APP'], ['app', 'MOBILE_APP'], ['mobile_sdk', 'MOBILE_APP'], ['push', 'MOBILE_APP'], ['in_app', 'MOBILE_APP'],
  ['e_mail', 'EMAIL'], ['mail', 'EMAIL'],
  ['call', 'PHONE'], ['voice', 'PHONE'], ['telephone', 'PHONE'], ['voicemail', 'PHONE'],
  ['text', 'SMS'],
  ['live_chat', 'CHAT'], ['livechat', 'CHAT'], ['chatbot', 'CHAT'],
  ['whatsapp', 'MESSENGER'], ['facebook_messenger', 'MESSENGER'], ['telegram', 'MESSENGER'], ['viber', 'MESSENGER'],
  ['line', 'MESSENGER'], ['wechat', 'MESSENGER'], ['messaging', 'MESSENGER'], ['native_messaging', 'MESSENGER'],
  ['facebook', 'SOCIAL'], ['instagram', 'SOCIAL'], ['twitter', 'SOCIAL'], ['linkedin', 'SOCIAL'], ['x', 'SOCIAL'],
  ['forum', 'COMMUNITY'],
  ['store', 'IN_PERSON'], ['branch', 'IN_PERSON'], ['retail', 'IN_PERSON'], ['pos', 'IN_PERSON'],
  ['letter', 'POSTAL'], ['post', 'POSTAL'],
]);

const LONGEST_WORD = 32;

/** The channel that a word names, or null where it names none. */
export function channelNamed(word: Json | undefined): Channel | null {
  if (typeof word !== 'string' || word.length > LONGEST_WORD) return null;
  return CHANNEL_WORDS.get(word) ?? CHANNEL_WORDS.get(wordKey(word)) ?? null;
}

function wordKey(word: string): string {
  const key = word.trim().toLowerCase();
  return key.replace(/[\s-]+/g, '_');
}

const MOBILE_DEVICE = /^(ios|ipados|android|watchos|mobile|tablet|phone)$/i;
const MOBILE_LIBRARY = /(?<![a-z])(ios|android|react-native|flutter|swift|kotlin|xamarin|unity|expo)(?![a-z])/i;
const SERVER_LIBRARY = /(?<![a-z])(node|python|ruby|java|php|go|net|csharp|clojure|rust|server)(?![a-z])/i;
const BROWSER_LIBRARY = /analytics\.js|analytics-next|javascript|browser|jitsu|(^|[-.])js$/i;

/** Few libraries write to one installation, but their names are the senders' to choose: so this stays small. */
const MOST_LIBRARIES = 500;
const libraries = new Map<string, Channel | null>();

function libraryChannel(name: string): Channel | null {
  const known = libraries.get(name);
  if (known !== undefined) return known;
  const channel = channelOfLibrary(name.slice(0, 200));
  if (libraries.size < MOST_LIBRARIES) libraries.set(name, channel);
  return channel;
}

function channelOfLibrary(name: string): Channel | null {
  if (MOBILE_LIBRARY.test(name)) return 'MOBILE_APP';
  if (SERVER_LIBRARY.test(name)) return 'API';
  return BROWSER_LIBRARY.test(name) ? 'WEB' : null;
}

/**
 * Where a message came from by what its library put into the context. A server that passes on the visitor's page or
 * browser speaks for the web; one that says nothing of the kind is API.
 */
export function contextChannel(context: ReadContext, sourceType: string): Channel {
  const device = context['device'];
  if (isJsonObject(device) && typeof device['type'] === 'string' && MOBILE_DEVICE.test(device['type'])) return 'MOBILE_APP';
  const library = context['library'];
  const byLibrary = isJsonObject(library) && typeof library['name'] === 'string' ? libraryChannel(library['name']) : null;
  if (byLibrary !== null && byLibrary !== 'API') return byLibrary;
  const said = channelNamed(context['channel']);
  if (said) return said;
  if (context['page'] !== undefined || context['userAgent'] !== undefined) return 'WEB';
  return byLibrary ?? channelNamed(sourceType) ?? libraryChannel(sourceType) ?? 'API';
}
