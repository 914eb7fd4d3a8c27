import { nextWait, type Pace } from '../../../agent/model/backoff.ts';
import { postJson } from './request.ts';

export interface DispatchPorts {
  /** ms, monotonic. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

export interface Telling {
  apiRoot: string;
  proxy: string | null;
  token: string;
  text: string;
  /** No try begins later: ms on the clock of `now`. */
  deadline: number;
}

/** `code`: what came back, without the token: `429`, `ECONNREFUSED`. */
export type Told = { told: true } | { told: false; code: string };

const tryMs = 15_000;
const pace: Pace = { first: 1000, longest: 15_000 };

type Verdict =
  | { kind: 'told' }
  | { kind: 'final'; code: string }
  | { kind: 'later'; code: string; waitMs: number | null }
  | { kind: 'moved'; chat: string };

interface Parameters {
  retry_after?: unknown;
  migrate_to_chat_id?: unknown;
}

/** Of the connection: `ENOTFOUND`. Node's texts are not told, as they might name the address. */
const codeOf = (cause: unknown): string => {
  const { code, name } = (cause ?? {}) as { code?: unknown; name?: unknown };
  if (typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code)) return code;
  return name === 'AbortError' || name === 'TimeoutError' ? 'ETIMEDOUT' : 'EUNKNOWN';
};

const judge = (status: number, body: Record<string, unknown> | null): Verdict => {
  if (body?.['ok'] === true) return { kind: 'told' };
  const code = String(status);
  const parameters = (body?.['parameters'] ?? {}) as Parameters;
  const moved = parameters.migrate_to_chat_id;
  if (typeof moved === 'number' || typeof moved === 'string')
    return { kind: 'moved', chat: String(moved) };
  const after = parameters.retry_after;
  if (status === 429)
    return { kind: 'later', code, waitMs: typeof after === 'number' ? after * 1000 : null };
  // Any other refusal would be the same again; what is no answer of the Bot API may be a portal's or a proxy's.
  const final = status >= 400 && status < 500 && body !== null;
  return final ? { kind: 'final', code } : { kind: 'later', code, waitMs: null };
};

const tryOnce = async (telling: Telling, chat: string): Promise<Verdict> => {
  try {
    const root = telling.apiRoot.replace(/\/+$/, '');
    const url = new URL(`${root}/bot${telling.token}/sendMessage`);
    const message = {
      chat_id: chat,
      text: telling.text,
      link_preview_options: { is_disabled: true },
    };
    const { status, body } = await postJson(url, message, {
      proxy: telling.proxy,
      timeoutMs: tryMs,
    });
    return judge(status, body);
  } catch (cause) {
    return { kind: 'later', code: codeOf(cause), waitMs: null };
  }
};

/** Sends one message to one chat, tried again until it is accepted, refused for good, or the deadline. Never rejects. */
export const tellChat = async (
  telling: Telling,
  chat: string,
  ports: DispatchPorts,
): Promise<Told> => {
  let to = chat;
  let wait = pace.first;
  for (let moves = 0; ; ) {
    const verdict = await tryOnce(telling, to);
    if (verdict.kind === 'told') return { told: true };
    if (verdict.kind === 'final') return { told: false, code: verdict.code };
    if (verdict.kind === 'moved') {
      moves += 1;
      if (moves > 1) return { told: false, code: 'moved' };
      to = verdict.chat;
      continue;
    }
    const pause = Math.max(pace.first, verdict.waitMs ?? wait);
    if (ports.now() + pause > telling.deadline) return { told: false, code: verdict.code };
    await ports.sleep(pause);
    wait = nextWait(wait, pace);
  }
};
