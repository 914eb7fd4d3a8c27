import { Webhook } from 'standardwebhooks';
import { Failure } from '../../../agent/model/failure.ts';
import type { Channel } from '../channel.ts';
import { alertKey } from './alert-key.ts';
import { documentOf } from './document.ts';
import type { HttpClient } from './http.ts';
import { judgeAnswer } from './http-outcome.ts';

export interface WebhookOptions {
  name: string;
  url: URL;
  /** `whsec_…`; while one is exchanged for another two, parted by a space; null: not signed. */
  secret: string | null;
}

export interface WebhookPorts {
  http: HttpClient;
  now: () => number;
}

/** 410 Gone: the receiver wants no more (Standard Webhooks, delivery success and failure). */
const unusable: ReadonlySet<number> = new Set([410]);

const paceMs = 100;

const signersOf = (name: string, secret: string | null): Webhook[] => {
  try {
    return (secret?.trim().split(/\s+/) ?? []).map((part) => new Webhook(part));
  } catch {
    // The message of the package is about a part of the secret.
    throw new Failure('bad-secret', `the secret of the webhook ${name} is not whsec_ and base64`);
  }
};

/**
 * POSTs alerts as JSON (document.ts), signed as Standard Webhooks has it. `webhook-id` is made of the alert and its
 * revision, and so the same at every attempt; `webhook-timestamp` is that of the attempt.
 * @throws Failure `bad-secret`
 */
export const createWebhook = (
  { name, url, secret }: WebhookOptions,
  { http, now }: WebhookPorts,
): Channel => {
  const signers = signersOf(name, secret);

  const headersOf = (id: string, body: string): Record<string, string> => {
    const at = new Date(now());
    const signatures = signers.map((signer) => signer.sign(id, at, body));
    return {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      ...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') }),
    };
  };

  return {
    name: `webhook:${name}`,
    audience: 'programs',
    paceMs,
    deliver: async (card, _receipt, signal) => {
      const id = `${alertKey(card.alert)}_${card.revision}`;
      const body = JSON.stringify(documentOf(card));
      const answer = await http.post({ url, headers: headersOf(id, body), body, signal });
      const judged = judgeAnswer(answer, url.host, unusable, () => '');
      if (judged.kind !== 'accepted') return judged;
      const status = answer.kind === 'answer' ? answer.status : 0;
      return { kind: 'accepted', receipt: null, detail: `HTTP ${status}` };
    },
  };
};
