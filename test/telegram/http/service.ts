import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../api-error.ts';
import type { Faults, HeldFault } from '../faults.ts';
import type { Request } from '../ledger.ts';
import { createArguments } from '../methods/arguments.ts';
import type { Methods, State } from '../state.ts';
import { type Answer, failure, give, success } from './answer.ts';
import { type Body, readParameters } from './body.ts';
import { isCarriedOut, misbehave } from './misbehave.ts';

/** The real server takes files of 50 MB. */
const maxBodyBytes = 50 * 1024 * 1024 + 64 * 1024;

export interface ServiceOptions {
  state: State;
  faults: Faults;
  methods: Methods;
  /** Asked at each request: it may be revoked. Empty is none. */
  token: () => string;
}

interface Target {
  token: string;
  /** A method, or the path of a file. */
  name: string;
  kind: 'method' | 'file';
  query: URLSearchParams;
}

const targetOf = (url: string): Target | undefined => {
  const { pathname, searchParams: query } = new URL(url, 'http://127.0.0.1');
  const call = /^\/bot([^/]+)\/([^/]*)$/.exec(pathname);
  const file = /^\/file\/bot([^/]+)\/(.+)$/.exec(pathname);
  const [, token = '', name = ''] = call ?? file ?? [];
  if (token === '') return undefined;
  return { token: decodeURIComponent(token), name, kind: call ? 'method' : 'file', query };
};

const readBody = async (incoming: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new ApiError(413, 'Request Entity Too Large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve()));

const forLedger = ({ parameters, files }: Body): Record<string, string> =>
  Object.fromEntries([
    ...Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
    ...files.map(({ field, name, bytes }) => [field, `${name}, ${bytes.length} bytes`]),
  ]);

export const createService = ({ state, faults, methods, token }: ServiceOptions) => {
  const byLowerCase = new Map(
    Object.entries(methods).map(([name, method]) => [name.toLowerCase(), { name, method }]),
  );

  const carryOut = async (name: string, body: Body, gone: AbortSignal): Promise<Answer> => {
    try {
      const found = byLowerCase.get(name.toLowerCase());
      if (found === undefined) throw new ApiError(404, 'Not Found: method not found');
      const given = createArguments(body.parameters, body.files);
      return success(await found.method(state, given, gone));
    } catch (error) {
      return failure(error);
    }
  };

  const finish = (request: Request, outcome: number | string, description?: string): void => {
    request.outcome = outcome;
    request.description = description;
    state.ledger.changed();
  };

  /** Carries the call out, and is as long about it as `held` says. Undefined where the client did not wait. */
  const answerTo = async (
    name: string,
    body: Body,
    gone: AbortSignal,
    held: HeldFault | undefined,
  ): Promise<Answer | undefined> => {
    if (held?.moment === 'before') await Promise.race([held.until, aborted(gone)]);
    if (held !== undefined && gone.aborted) return undefined;
    const answer = await carryOut(name, body, gone);
    if (held?.moment === 'after') await held.until;
    return answer;
  };

  const call = async (response: ServerResponse, name: string, body: Body): Promise<void> => {
    const known = byLowerCase.get(name.toLowerCase())?.name ?? name;
    const request = state.ledger.request(known, forLedger(body));
    const fault = faults.take(known);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    if (fault === undefined || fault.kind === 'held') {
      const answer = await answerTo(name, body, gone.signal, fault);
      finish(request, answer?.status ?? 'gone', answer?.description);
      if (answer !== undefined) give(response, answer);
      return;
    }
    const answer = isCarriedOut(fault) ? await carryOut(name, body, gone.signal) : success(true);
    const { outcome, description } = misbehave(response, fault, answer);
    finish(request, outcome, description);
  };

  const giveFile = (response: ServerResponse, path: string): void => {
    const file = state.files.get(path.split('/').at(-1) ?? '');
    if (file === undefined) throw new ApiError(404, 'Not Found');
    const headers = { 'Content-Type': 'application/octet-stream' };
    give(response, { status: 200, headers, body: file.bytes, description: undefined });
  };

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = targetOf(incoming.url ?? '/');
    const bytes = await readBody(incoming);
    if (target === undefined) throw new ApiError(404, 'Not Found');
    if (target.token !== token()) throw new ApiError(401, 'Unauthorized');
    if (target.kind === 'file') return giveFile(response, target.name);
    const type = incoming.headers['content-type'] ?? '';
    await call(response, target.name, readParameters(target.query, type, bytes));
  };

  return (incoming: IncomingMessage, response: ServerResponse): void => {
    serve(incoming, response).catch((error: unknown) => {
      // A client that went away is told nothing.
      if (response.headersSent || response.destroyed) response.destroy();
      else give(response, failure(error));
    });
  };
};
