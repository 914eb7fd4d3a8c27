import { Failure } from '../../../agent/model/failure.ts';
import { redact } from '../../../agent/model/redaction.ts';
import { printable } from '../../../agent/model/text/printable.ts';
import type { Channel, Outcome, Receipt } from '../channel.ts';
import type { HttpClient } from './http.ts';
import { judgeAnswer } from './http-outcome.ts';
import { type NtfyMessage, ntfyMessage } from './ntfy-message.ts';

export interface NtfyOptions {
  name: string;
  /** Of the topic: `https://ntfy.sh/TOPIC`. */
  url: URL;
  /** An access token; null: none. */
  token: string | null;
}

/** ntfy.sh lets sixty requests through at once, then one in five seconds; its 429 does the rest. */
const paceMs = 1000;

/** A wrong token, a topic of somebody else, or no ntfy at all. */
const unusable: ReadonlySet<number> = new Set([401, 403, 404, 405, 410]);

/** ntfy's own rule. */
const topics = /^[-_A-Za-z0-9]{1,64}$/;

/** Of a server that shows an update in the place of the message before. */
const updates = 'updates';

/** The root of the server, which takes JSON, and the topic. @throws Failure `bad-topic`, which does not repeat it */
const parse = (name: string, topicUrl: URL): { url: URL; topic: string } => {
  const url = new URL(topicUrl);
  const path = url.pathname.replace(/\/+$/, '');
  const topic = path.slice(path.lastIndexOf('/') + 1);
  if (!topics.test(topic)) {
    const message = `the address of ntfy ${name} does not end with a topic of letters, digits, - and _`;
    throw new Failure('bad-topic', message);
  }
  url.pathname = path.slice(0, path.length - topic.length);
  url.hash = '';
  return { url, topic };
};

const parsed = (text: string): Record<string, unknown> => {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
};

/** What ntfy says of an error is one sentence. Others may answer in its place: no secret of ours is shown. */
const reason = (text: string, secrets: readonly string[]): string => {
  const { error } = parsed(text);
  if (typeof error !== 'string') return '';
  const hidden = secrets.reduce((all, secret) => all.replaceAll(secret, '[redacted]'), error);
  return redact(printable(hidden)).text.slice(0, 200);
};

/** Servers that know updates repeat the id. */
const acceptance = (text: string, { sequence_id }: NtfyMessage): Outcome => {
  const { id, sequence_id: repeated } = parsed(text);
  const receipt: Receipt = repeated === sequence_id ? updates : 'accepted';
  const known = typeof id === 'string' && /^[-_A-Za-z0-9]{1,64}$/.test(id);
  return { kind: 'accepted', receipt, detail: known ? `message ${id}` : 'HTTP 200' };
};

/**
 * Publishes alerts to a topic of ntfy, as JSON, which takes any text. A server that can shows each alert once and
 * updates it in place; at others a change that need not be heard is not sent, but that it is over is.
 * @throws Failure `bad-topic`
 */
export const createNtfy = (
  { name, url: topicUrl, token }: NtfyOptions,
  http: HttpClient,
): Channel => {
  const { url, topic } = parse(name, topicUrl);
  const headers = {
    'content-type': 'application/json',
    ...(token !== null && { authorization: `Bearer ${token}` }),
  };
  const secrets = [topic, ...(token === null ? [] : [token])];

  return {
    name: `ntfy:${name}`,
    audience: 'people',
    paceMs,
    deliver: async (card, receipt, signal) => {
      if (receipt !== null && receipt !== updates && !card.loud && card.status === 'firing') {
        return { kind: 'accepted', receipt, detail: 'nothing sent: it would have rung again' };
      }
      const message = ntfyMessage(topic, card);
      const answer = await http.post({ url, headers, body: JSON.stringify(message), signal });
      const judged = judgeAnswer(answer, url.host, unusable, (text) => reason(text, secrets));
      return judged.kind === 'accepted' ? acceptance(judged.text, message) : judged;
    },
  };
};
