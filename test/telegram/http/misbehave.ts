import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { ApiError } from '../api-error.ts';
import type { ErrorFault, Fault, HeldFault } from '../faults.ts';
import { type Answer, begin, failure, give } from './answer.ts';

const usualWords: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden: bot was blocked by the user',
  409: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  413: 'Request Entity Too Large',
  500: 'Internal Server Error: restart',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

const page = (code: number): Answer => ({
  status: code,
  headers: { 'Content-Type': 'text/html' },
  body: Buffer.from(
    `<html>\r\n<head><title>${code} ${usualWords[code]}</title></head>\r\n<body>\r\n<center><h1>${code} ${usualWords[code]}</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n`,
  ),
  description: `a page, not JSON`,
});

const errorOf = (fault: ErrorFault): ApiError => {
  if (fault.migrateTo !== undefined) {
    const said = fault.description ?? 'Bad Request: group chat was upgraded to a supergroup chat';
    return new ApiError(400, said, { migrate_to_chat_id: fault.migrateTo });
  }
  if (fault.retryAfter !== undefined) {
    const said = fault.description ?? `Too Many Requests: retry after ${fault.retryAfter}`;
    return new ApiError(fault.code, said, { retry_after: fault.retryAfter });
  }
  return new ApiError(fault.code, fault.description ?? usualWords[fault.code] ?? 'Bad Request');
};

const giveSlowly = async (response: ServerResponse, answer: Answer, everyMs: number) => {
  begin(response, answer);
  for (const byte of answer.body) {
    if (response.destroyed) return;
    response.write(Uint8Array.of(byte));
    await pause(everyMs, undefined, { ref: false });
  }
  response.end();
};

/** Whether the call is carried out before it goes wrong. */
export const isCarriedOut = (fault: Fault): boolean =>
  fault.kind === 'slow' || fault.kind === 'held' || (fault.moment ?? 'before') !== 'before';

/** Does to the client what `fault` says, and tells what that was. `answer` is the true one, where there is one. */
export const misbehave = (
  response: ServerResponse,
  fault: Exclude<Fault, HeldFault>,
  answer: Answer,
): { outcome: number | string; description: string } => {
  switch (fault.kind) {
    case 'error': {
      const { code, message } = errorOf(fault);
      give(response, failure(errorOf(fault)));
      return { outcome: code, description: message };
    }
    case 'page':
      give(response, page(fault.code));
      return { outcome: fault.code, description: 'the page of a proxy' };
    case 'garbage':
      give(response, { ...answer, status: 200, body: Buffer.from('{"ok":tru') });
      return { outcome: 200, description: 'no JSON' };
    case 'slow':
      giveSlowly(response, answer, fault.everyMs).catch(() => response.destroy());
      return { outcome: answer.status, description: 'byte by byte' };
    case 'torn':
      if (fault.moment === 'middle') {
        begin(response, answer);
        response.write(answer.body.subarray(0, answer.body.length / 2), () => response.destroy());
      } else {
        response.socket?.resetAndDestroy();
      }
      return { outcome: 'torn', description: fault.moment };
    case 'silence':
      return { outcome: 'silence', description: fault.moment };
  }
};
